import { Anchor, Button, Center, Group, Loader, Modal, Stack, Text } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { QRCodeSVG } from 'qrcode.react';
import { newSetUpCode, type SetUpCode, terminalAddress } from '../api/devices.js';
import { Failed } from '../parts/states.js';
import { countdown, useNow } from '../parts/use-now.js';

/** A fresh code each time it is opened: on a terminal it is typed or scanned, in the browser it is one click. */
export function AddTerminal({ opened, onClose }: { readonly opened: boolean; readonly onClose: () => void }) {
  return (
    <Modal opened={opened} onClose={onClose} title="Add a terminal" centered>
      {opened && <Code />}
    </Modal>
  );
}

function Code() {
  const { data, error, isFetching, refetch } = useQuery({
    queryKey: ['set-up-code'],
    queryFn: newSetUpCode,
    staleTime: 0,
    gcTime: 0,
    // Nobody's typing is in vain: the code is another only when somebody asks for it.
    refetchOnWindowFocus: false,
    refetchOnReconnect: false,
  });
  if (error && !isFetching) return <Failed error={error} retry={() => void refetch()} />;
  if (!data || isFetching)
    return (
      <Center mih={240}>
        <Loader aria-label="Making a code" />
      </Center>
    );
  return <Shown code={data} renew={() => void refetch()} />;
}

function Shown({ code, renew }: { readonly code: SetUpCode; readonly renew: () => void }) {
  const secondsLeft = Math.max(0, Math.ceil((Date.parse(code.expiresAt) - useNow(1_000)) / 1_000));
  const address = terminalAddress(code.setupCode);
  if (secondsLeft === 0)
    return (
      <Stack align="center">
        <Text>This code has expired.</Text>
        <Button onClick={renew}>New code</Button>
      </Stack>
    );
  return (
    <Stack align="center" gap="md">
      <Text size="sm" ta="center">
        On the terminal, choose “Set-up code” and enter:
      </Text>
      <Text fz={36} fw={700} ff="monospace">
        {code.setupCode}
      </Text>
      <QRCodeSVG value={address} size={152} title="The same code, to scan" marginSize={2} />
      <Text size="sm" c="dimmed" ta="center">
        Valid for one terminal, for another {countdown(secondsLeft)} minutes.
      </Text>
      <Group justify="center">
        <Button component="a" href={address} target="_blank" rel="noopener">
          Open a terminal in the browser
        </Button>
        <Anchor component="button" type="button" size="sm" onClick={renew}>
          Another code
        </Anchor>
      </Group>
    </Stack>
  );
}
