import { Button, Group, Text } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import type { Device } from '../api/devices.js';
import { isFinal, type Payment, paymentQuery } from '../api/payments.js';
import { useSession } from '../api/session.js';
import { useStartPayment } from '../api/use-start-payment.js';
import { PageButton } from '../parts/links.js';
import { useWords } from '../parts/words.js';
import { bodyOf } from '../payments/curl.js';
import { reasonWords } from '../payments/reasons.js';
import { StatusBadge } from '../payments/status-badge.js';

const firstAmount = 10.25;

/** Sends a payment and says what becomes of it; one that does not end well can be sent again. */
export function FirstPayment(props: {
  readonly device: Device | undefined;
  readonly approved: Payment | undefined;
  readonly onAway: () => void;
}) {
  const { device, approved, onAway } = props;
  const { money } = useWords();
  const { currency } = useSession().account;
  const send = useStartPayment('purchase');
  const sent = useSent(send.data?.id);
  if (approved) return <Approved payment={approved} onAway={onAway} />;
  const underWay = sent !== undefined && !isFinal(sent);
  const start = ({ code }: Device): void => {
    const order = { code, amount: firstAmount, currency, description: 'First payment', invoiceNumber: '', tips: [] };
    send.mutate({ code, body: bodyOf(order) });
  };
  return (
    <>
      <Text size="sm">{sentenceFor(device, underWay)}</Text>
      <Group gap="sm">
        <Button
          size="xs"
          disabled={!device?.listening || underWay}
          loading={send.isPending}
          onClick={() => {
            if (device) start(device);
          }}
        >
          Send {money(firstAmount, currency)}
        </Button>
        {sent && <StatusBadge status={sent.status} />}
        {sent?.reason != null && <Text size="sm">{reasonWords(sent.reason)}</Text>}
      </Group>
      {send.error && (
        <Text size="sm" role="alert">
          {send.error.message}
        </Text>
      )}
    </>
  );
}

function sentenceFor(device: Device | undefined, underWay: boolean): string {
  if (underWay) return 'The terminal asks for a card. Tap a test card there.';
  if (device && !device.listening) return 'Press Continue on the terminal first: then it is ready to take payment.';
  return 'It appears on the terminal. Then tap a test card there.';
}

function useSent(id: string | undefined): Payment | undefined {
  const { data } = useQuery({
    ...paymentQuery(id ?? ''),
    enabled: id !== undefined,
    refetchInterval: ({ state }) => (state.data && isFinal(state.data) ? false : 1_000),
  });
  return data;
}

function Approved({ payment, onAway }: { readonly payment: Payment; readonly onAway: () => void }) {
  return (
    <>
      <StatusBadge status={payment.status} />
      <Group gap="sm">
        <PageButton to="/payments/$id" params={{ id: payment.id }} size="xs">
          See the payment
        </PageButton>
        <Button size="xs" variant="default" onClick={onAway}>
          Dismiss
        </Button>
      </Group>
    </>
  );
}
