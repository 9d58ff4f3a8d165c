import { Button, Group, Modal, NumberInput, Select, Stack, Text } from '@mantine/core';
import { useForm } from '@mantine/form';
import { useQuery } from '@tanstack/react-query';
import { useNavigate } from '@tanstack/react-router';
import { devicesQuery } from '../api/devices.js';
import { inCents, type Payment, paymentDetailsQuery, totalOf } from '../api/payments.js';
import { useStartPayment } from '../api/use-start-payment.js';
import { Failed, Loading } from '../parts/states.js';
import { useWords } from '../parts/words.js';
import { Refused } from '../parts/refused.js';

interface Wanted {
  readonly amount: number;
  readonly device: string;
}

/** A refund goes to the card that paid, and that card is shown to a terminal once more. */
export function GiveBack(props: { readonly payment: Payment; readonly opened: boolean; readonly onClose: () => void }) {
  const { payment, opened, onClose } = props;
  return (
    <Modal opened={opened} onClose={onClose} title="Refund" centered>
      {opened && <Rest payment={payment} />}
    </Modal>
  );
}

function Rest({ payment }: { readonly payment: Payment }) {
  const { money } = useWords();
  const { data, error, refetch } = useQuery(paymentDetailsQuery(payment.id));
  if (!data) return error ? <Failed error={error} retry={() => void refetch()} /> : <Loading rows={3} />;
  const { givenBack, givingBack } = data;
  const left = inCents(totalOf(payment) - givenBack - givingBack);
  const underWay =
    givingBack > 0 && `A refund of ${money(givingBack, payment.currency)} is in progress, or its outcome is unknown. `;
  if (left <= 0)
    return <Text size="sm">{underWay || `All of it was refunded: ${money(givenBack, payment.currency)}.`}</Text>;
  return (
    <>
      {underWay && (
        <Text size="sm" mb="sm">
          {underWay}
        </Text>
      )}
      <Refund key={left} payment={payment} left={left} />
    </>
  );
}

function Refund({ payment, left }: { readonly payment: Payment; readonly left: number }) {
  const { money } = useWords();
  const navigate = useNavigate();
  const { data: devices = [] } = useQuery(devicesQuery);
  const form = useForm<Wanted>({ initialValues: { amount: left, device: payment.deviceCode } });
  const start = useStartPayment('refund', ({ id }) => navigate({ to: '/payments/$id', params: { id } }));
  const codes = [...new Set([payment.deviceCode, ...devices.filter((one) => one.listening).map(({ code }) => code)])];
  return (
    <form
      onSubmit={form.onSubmit(({ amount, device: code }) => {
        const body = { transactionAmount: amount, originalTransactionId: payment.transactionId };
        start.mutate({ code, body });
      })}
    >
      <Stack>
        <Text size="sm">
          You can refund up to {money(left, payment.currency)}. The customer presents the same card again.
        </Text>
        <Refused error={start.error} />
        <NumberInput
          label="Amount"
          min={0.01}
          max={left}
          decimalScale={2}
          fixedDecimalScale
          required
          {...form.getInputProps('amount')}
        />
        <Select label="Terminal" data={codes} allowDeselect={false} {...form.getInputProps('device')} />
        <Group justify="flex-end">
          <Button type="submit" loading={start.isPending}>
            Start the refund
          </Button>
        </Group>
      </Stack>
    </form>
  );
}
