import { Alert } from '@mantine/core';

/** Why the platform did not do it, in its own words; nothing while it did not refuse. */
export function Refused({ error }: { readonly error: Error | null }) {
  if (error === null) return null;
  return (
    <Alert color="red" role="alert">
      {error.message}
    </Alert>
  );
}
