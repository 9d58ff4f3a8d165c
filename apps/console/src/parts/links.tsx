import { Anchor, type AnchorProps, Button, type ButtonProps } from '@mantine/core';
import { createLink } from '@tanstack/react-router';
import type { ComponentPropsWithRef } from 'react';

type Of<Props> = Props & Omit<ComponentPropsWithRef<'a'>, keyof Props>;

/** A link to another page of the console, checked by the router. */
export const PageLink = createLink((props: Of<AnchorProps>) => <Anchor {...props} />);

/** The same, as a button. */
export const PageButton = createLink((props: Of<ButtonProps>) => <Button component="a" {...props} />);
