import { AppShell, Badge, Burger, Group, Text } from '@mantine/core';
import { useDisclosure } from '@mantine/hooks';
import { useQuery } from '@tanstack/react-query';
import { Outlet } from '@tanstack/react-router';
import { Suspense, useEffect, useState } from 'react';
import { clearAddress } from '../api/demo-pin.js';
import { useLiveEvents } from '../api/live.js';
import { AttemptsContext, noAttempts } from '../api/use-start-payment.js';
import { SessionContext, sessionQuery, useSession } from '../api/session.js';
import { Failed, Loading } from '../parts/states.js';
import { LogIn } from './log-in.js';
import { Mark } from './mark.js';
import { Navigation } from './navigation.js';
import { UserMenu } from './user-menu.js';

/** The log-in for whoever is a stranger, the console for everybody else. */
export function Shell() {
  const { data, error, refetch } = useQuery(sessionQuery);
  // What could not be read again takes nothing away: forms, and secrets that are shown once.
  if (data === undefined) return error ? <Failed error={error} retry={() => void refetch()} /> : <Loading />;
  if (data === null) return <LogIn />;
  return (
    <SessionContext value={data}>
      <Console key={data.user.id} />
    </SessionContext>
  );
}

const mainId = 'main';
const liveWords = { connecting: 'Connecting', connected: 'Connected', lost: 'Reconnecting' } as const;

/** The first thing that the keyboard reaches: past the header and the menu. */
function SkipLink() {
  return (
    <a
      className="skip-link"
      href={`#${mainId}`}
      onClick={(event) => {
        // The address stays that of the page.
        event.preventDefault();
        document.getElementById(mainId)?.focus();
      }}
    >
      Skip to the content
    </a>
  );
}

function Console() {
  const [opened, { toggle, close }] = useDisclosure();
  const { account } = useSession();
  const liveness = useLiveEvents();
  const [attempts] = useState(noAttempts);
  useEffect(clearAddress, []);
  return (
    <AppShell
      header={{ height: 60 }}
      navbar={{ width: 232, breakpoint: 'sm', collapsed: { mobile: !opened } }}
      padding={{ base: 'md', md: 'xl' }}
    >
      <SkipLink />
      <AppShell.Header>
        <Group h="100%" px="md" justify="space-between" wrap="nowrap">
          <Group gap="sm" wrap="nowrap">
            <Burger opened={opened} onClick={toggle} hiddenFrom="sm" size="sm" aria-label="Menu" />
            <Mark />
            <Text c="dimmed" visibleFrom="sm" truncate>
              {account.name}
            </Text>
          </Group>
          <Group gap="xs" wrap="nowrap">
            <Badge
              color={liveness === 'lost' ? 'orange' : 'tillgate'}
              variant="dot"
              tt="none"
              role="status"
              // On a phone there is room for what is not as it should be.
              {...(liveness === 'lost' ? {} : { visibleFrom: 'xs' })}
            >
              {liveWords[liveness]}
            </Badge>
            <UserMenu />
          </Group>
        </Group>
      </AppShell.Header>
      <AppShell.Navbar p="md" style={{ overflowY: 'auto' }}>
        <Navigation onGo={close} />
      </AppShell.Navbar>
      <AppShell.Main id={mainId} tabIndex={-1}>
        <AttemptsContext value={attempts}>
          <Suspense fallback={<Loading />}>
            <Outlet />
          </Suspense>
        </AttemptsContext>
      </AppShell.Main>
    </AppShell>
  );
}
