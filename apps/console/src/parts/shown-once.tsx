import { Alert, Stack, Text } from '@mantine/core';
import type { ReactNode } from 'react';
import { CopyField } from './copy-field.js';

/** A secret that the platform keeps only as a hash, or does not show again. */
export function ShownOnce(props: { readonly title: string; readonly secret: string; readonly children?: ReactNode }) {
  return (
    <Alert color="tillgate" title={props.title} role="alert">
      <Stack gap="sm">
        <Text size="sm">Copy it now: it is shown this once.</Text>
        <CopyField value={props.secret} label="secret" />
        {props.children}
      </Stack>
    </Alert>
  );
}
