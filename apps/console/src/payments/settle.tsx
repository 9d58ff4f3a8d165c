import { Button, Group, Modal, Radio, Stack, Text, TextInput } from '@mantine/core';
import { useForm } from '@mantine/form';
import { notifications } from '@mantine/notifications';
import { useMutation, useQueryClient } from '@tanstack/react-query';
import { call } from '../api/client.js';
import { type Payment, totalOf } from '../api/payments.js';
import { Refused } from '../parts/refused.js';
import { useWords } from '../parts/words.js';

interface Outcome {
  /** Empty: not chosen yet. */
  readonly outcome: '' | 'approved' | 'declined' | 'failed';
  readonly reason: string;
}

const wordsOf = {
  purchase: {
    silent: 'The terminal lost contact while the card was being charged.',
    approved: 'Approved: the customer paid',
    failed: 'Failed: nothing was charged',
  },
  refund: {
    silent: 'The terminal lost contact while the refund was being sent to the card.',
    approved: 'Approved: the customer was refunded',
    failed: 'Failed: nothing was refunded',
  },
} as const;

/** Somebody found out elsewhere what became of it. It is kept with their name, and the terminal's own word is kept beside it. */
export function Settle({ payment, onClose }: { readonly payment: Payment; readonly onClose: () => void }) {
  const words = wordsOf[payment.kind];
  const client = useQueryClient();
  const { money } = useWords();
  const form = useForm<Outcome>({
    initialValues: { outcome: '', reason: '' },
    validate: { outcome: (outcome) => (outcome === '' ? 'Choose the outcome' : null) },
  });
  const settle = useMutation({
    mutationFn: (body: Outcome) => call('POST', `/v2/payments/${payment.id}/resolve`, { body }),
    onSuccess: async () => {
      notifications.show({ message: 'Settled.' });
      onClose();
      await client.invalidateQueries({ queryKey: ['payments'] });
    },
  });
  return (
    <Modal
      opened
      onClose={onClose}
      title={`Settle ${money(totalOf(payment), payment.currency)} on ${payment.deviceCode}`}
      centered
    >
      <form
        onSubmit={form.onSubmit((outcome) => {
          settle.mutate(outcome);
        })}
      >
        <Stack>
          <Text size="sm">
            {words.silent} It settles by itself once the terminal is back. Settle it here only if you know the outcome,
            for example from your acquirer’s records.
          </Text>
          <Refused error={settle.error} />
          <Radio.Group label="Outcome" {...form.getInputProps('outcome')}>
            <Stack gap="xs" mt="xs">
              <Radio value="approved" label={words.approved} />
              <Radio value="declined" label="Declined: the card network refused" />
              <Radio value="failed" label={words.failed} />
            </Stack>
          </Radio.Group>
          <TextInput
            label="How do you know?"
            description="Shown with the payment, next to your name."
            minLength={3}
            maxLength={200}
            required
            {...form.getInputProps('reason')}
          />
          <Group justify="flex-end">
            <Button variant="default" onClick={onClose}>
              Cancel
            </Button>
            <Button type="submit" loading={settle.isPending}>
              Settle it
            </Button>
          </Group>
        </Stack>
      </form>
    </Modal>
  );
}
