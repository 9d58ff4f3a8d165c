import { Alert, Stack, Text } from '@mantine/core';
import type { ReactNode } from 'react';
import { CopyField } from './copy-field.js';

/** A secret that the platform keeps only as a hash, or does not show again. */
export function ShownOnce(props: {
  readonly title: string;
  readonly secret: string;
  /** It was copied, and is shown no more. */
  readonly onHide: () => void;
  readonly children?: ReactNode;
}) {
  return (
    <Alert
      color="tillgate"
      title={props.title}
      role="alert"
      withCloseButton
      closeButtonLabel="Hide the secret"
      onClose={props.onHide}
    >
      <Stack gap="sm">
        <Text size="sm">Copy it now. You won’t see it again.</Text>
        <CopyField value={props.secret} label="secret" />
        {props.children}
      </Stack>
    </Alert>
  );
}
