import { Alert, Button, Card, Center, PasswordInput, Stack, Text, TextInput, Title } from '@mantine/core';
import { useForm } from '@mantine/form';
import { IconAlertTriangle } from '@tabler/icons-react';
import { useMutation, useQueryClient } from '@tanstack/react-query';
import { ApiError, call } from '../api/client.js';
import { sessionQuery } from '../api/session.js';
import { countdown, useNow } from '../parts/use-now.js';
import { Mark } from './mark.js';

interface Credentials {
  readonly email: string;
  readonly password: string;
}

/** From the link that the demo account is printed with: `#email=…&password=…`. */
function givenCredentials(): Credentials {
  const given = new URLSearchParams(location.hash.slice(1));
  return { email: given.get('email') ?? '', password: given.get('password') ?? '' };
}

/** Shown to whoever is not logged in, at whatever address: after the log-in they are where they wanted to be. */
export function LogIn() {
  const client = useQueryClient();
  const form = useForm<Credentials>({ initialValues: givenCredentials() });
  const logIn = useMutation({
    mutationFn: (body: Credentials) => call('POST', '/console/v1/session', { body }),
    onSuccess: () => client.invalidateQueries(sessionQuery),
  });
  const secondsLeft = useSecondsLeft(logIn.error, logIn.submittedAt);
  return (
    <Center mih="100dvh" p="md" component="main">
      <Card withBorder padding="xl" radius="lg" w="100%" maw={400}>
        <form
          onSubmit={form.onSubmit((credentials) => {
            logIn.mutate(credentials);
          })}
        >
          <Stack>
            <Mark />
            <div>
              <Title order={1} size="h3">
                Log in to the console
              </Title>
              <Text c="dimmed" size="sm">
                With the e-mail address and password of a user of your account.
              </Text>
            </div>
            {logIn.error && (
              <Alert color="red" icon={<IconAlertTriangle aria-hidden />} role="alert">
                {logIn.error.message}
                {secondsLeft > 0 && `. Try again in ${countdown(secondsLeft)}.`}
              </Alert>
            )}
            <TextInput
              label="E-mail address"
              type="email"
              autoComplete="username"
              required
              withAsterisk={false}
              {...form.getInputProps('email')}
            />
            <PasswordInput
              label="Password"
              autoComplete="current-password"
              required
              withAsterisk={false}
              {...form.getInputProps('password')}
            />
            <Button type="submit" loading={logIn.isPending} disabled={secondsLeft > 0}>
              Log in
            </Button>
          </Stack>
        </form>
      </Card>
    </Center>
  );
}

/** How long nobody is let in, right or wrong; 0: now. */
function useSecondsLeft(error: Error | null, since: number): number {
  const now = useNow(1_000);
  const retryAfter = error instanceof ApiError ? error.retryAfter : null;
  return retryAfter === null ? 0 : Math.max(0, Math.ceil((since + retryAfter * 1_000 - now) / 1_000));
}
