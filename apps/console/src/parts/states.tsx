import { Alert, Button, Center, Skeleton, Stack, Text, ThemeIcon, Title } from '@mantine/core';
import { IconAlertTriangle, IconLock } from '@tabler/icons-react';
import type { ReactNode } from 'react';
import { ApiError } from '../api/client.js';

/** Holds the place of what is being read. */
export function Loading({ rows = 5 }: { readonly rows?: number }) {
  return (
    <Stack aria-busy="true" aria-label="Loading" role="status" gap="sm">
      {Array.from({ length: rows }, (_, row) => (
        <Skeleton key={row} height={36} radius="md" />
      ))}
    </Stack>
  );
}

/** Nothing is there yet: what will be, and what to do for it. */
export function Empty(props: {
  readonly icon: ReactNode;
  readonly title: string;
  readonly text: ReactNode;
  readonly action?: ReactNode;
}) {
  return (
    <Center mih={240} p="lg">
      <Stack align="center" gap="xs" maw={440}>
        <ThemeIcon size={52} radius="xl" variant="light" aria-hidden>
          {props.icon}
        </ThemeIcon>
        <Title order={2} size="h4" ta="center">
          {props.title}
        </Title>
        <Text c="dimmed" ta="center">
          {props.text}
        </Text>
        {props.action}
      </Stack>
    </Center>
  );
}

/** What went wrong, in the platform's own words, and a way to try again. */
export function Failed({ error, retry }: { readonly error: Error; readonly retry?: () => void }) {
  if (error instanceof ApiError && error.status === 403) return <NoPermission />;
  const requestId = error instanceof ApiError ? error.requestId : null;
  return (
    <Alert color="red" icon={<IconAlertTriangle aria-hidden />} title="This could not be read" role="alert">
      <Stack gap="xs" align="flex-start">
        <Text size="sm">{error.message}</Text>
        {requestId !== null && (
          <Text size="xs" c="dimmed">
            Request {requestId}
          </Text>
        )}
        {retry && (
          <Button size="xs" variant="default" onClick={retry}>
            Try again
          </Button>
        )}
      </Stack>
    </Alert>
  );
}

export function NoPermission() {
  return (
    <Empty
      icon={<IconLock size={28} />}
      title="This is not open to you"
      text="Your role does not include it. Ask an administrator of the account."
    />
  );
}
