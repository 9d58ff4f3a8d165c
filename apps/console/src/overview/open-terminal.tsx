import { Button, Text } from '@mantine/core';
import { useMutation } from '@tanstack/react-query';
import { newSetUpCode, terminalAddress } from '../api/devices.js';
import { useSession } from '../api/session.js';
import { demoPin } from '../api/demo-pin.js';

/** A terminal in a tab of its own, which has its set-up code with it. `again`: there is one already. */
export function OpenTerminal({ again }: { readonly again: boolean }) {
  const mayAdd = useSession().user.role !== 'staff';
  const pin = demoPin();
  const open = useMutation({
    mutationFn: async (tab: Window | null) => {
      const { setupCode } = await newSetUpCode().catch((error: unknown) => {
        tab?.close();
        throw error;
      });
      (tab ?? window).location.href = terminalAddress(setupCode);
    },
  });
  if (!mayAdd) return <Text size="sm">Ask a manager of your account for a set-up code.</Text>;
  return (
    <>
      <Text size="sm">
        It opens in a new tab and leads you through its set-up. Then log in there with{' '}
        {pin === null ? 'your PIN' : `the PIN ${pin}`} and press Continue.
      </Text>
      <Button
        size="xs"
        variant={again ? 'default' : 'filled'}
        loading={open.isPending}
        onClick={() => {
          // The tab is opened in the click itself: later, the browser would take it for an advertisement.
          open.mutate(window.open('about:blank'));
        }}
      >
        {again ? 'Open another terminal' : 'Open a terminal'}
      </Button>
      {open.error && (
        <Text size="sm" role="alert">
          {open.error.message}
        </Text>
      )}
    </>
  );
}
