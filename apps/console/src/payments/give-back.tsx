import { Alert, Button, Group, Modal, NumberInput, Select, Stack, Text } from '@mantine/core';
import { useForm } from '@mantine/form';
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { useNavigate } from '@tanstack/react-router';
import { call } from '../api/client.js';
import { deviceAddress, devicesQuery } from '../api/devices.js';
import { type Payment, totalOf } from '../api/payments.js';
import { useWords } from '../parts/words.js';

interface Wanted {
  readonly amount: number;
  readonly device: string;
}

/** A refund goes to the card that paid, and that card is shown to a terminal once more. */
export function GiveBack(props: { readonly payment: Payment; readonly opened: boolean; readonly onClose: () => void }) {
  const { payment, opened, onClose } = props;
  const { money } = useWords();
  const client = useQueryClient();
  const navigate = useNavigate();
  const { data: devices = [] } = useQuery({ ...devicesQuery, enabled: opened });
  const most = totalOf(payment);
  const form = useForm<Wanted>({ initialValues: { amount: most, device: payment.deviceCode } });
  const start = useMutation({
    mutationFn: ({ amount, device }: Wanted) =>
      call<Payment>('POST', `${deviceAddress(device)}/payment/refund`, {
        body: { transactionAmount: amount, originalTransactionId: payment.transactionId },
      }),
    onSuccess: async ({ id }) => {
      onClose();
      await client.invalidateQueries({ queryKey: ['payments'] });
      await navigate({ to: '/payments/$id', params: { id } });
    },
  });
  const codes = [...new Set([payment.deviceCode, ...devices.filter((one) => one.listening).map(({ code }) => code)])];
  return (
    <Modal opened={opened} onClose={onClose} title="Refund" centered>
      <form
        onSubmit={form.onSubmit((wanted) => {
          start.mutate(wanted);
        })}
      >
        <Stack>
          <Text size="sm">
            Up to {money(most, payment.currency)}, less what was given back before. The customer shows the same card to
            the terminal.
          </Text>
          {start.error && (
            <Alert color="red" role="alert">
              {start.error.message}
            </Alert>
          )}
          <NumberInput
            label="Amount"
            min={0.01}
            max={most}
            decimalScale={2}
            fixedDecimalScale
            required
            {...form.getInputProps('amount')}
          />
          <Select label="On the terminal" data={codes} allowDeselect={false} {...form.getInputProps('device')} />
          <Group justify="flex-end">
            <Button type="submit" loading={start.isPending}>
              Start the refund
            </Button>
          </Group>
        </Stack>
      </form>
    </Modal>
  );
}
