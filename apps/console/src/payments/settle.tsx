import { Button, Group, Modal, Radio, Stack, Text, TextInput } from '@mantine/core';
import { useForm } from '@mantine/form';
import { notifications } from '@mantine/notifications';
import { useMutation, useQueryClient } from '@tanstack/react-query';
import { call } from '../api/client.js';
import type { Payment } from '../api/payments.js';
import { Refused } from '../parts/refused.js';

interface Outcome {
  readonly outcome: 'approved' | 'declined' | 'failed';
  readonly reason: string;
}

const wordsOf = {
  purchase: {
    silent: 'The terminal fell silent while the card was charged.',
    approved: 'Approved: the customer paid',
    failed: 'Failed: nothing was charged',
  },
  refund: {
    silent: 'The terminal fell silent while money was given back to the card.',
    approved: 'Approved: the customer got the money back',
    failed: 'Failed: nothing was given back',
  },
} as const;

/** Somebody found out elsewhere what became of it. It is kept with their name, and the terminal's own word is kept beside it. */
export function Settle({ payment, onClose }: { readonly payment: Payment; readonly onClose: () => void }) {
  const words = wordsOf[payment.kind];
  const client = useQueryClient();
  const form = useForm<Outcome>({ initialValues: { outcome: 'failed', reason: '' } });
  const settle = useMutation({
    mutationFn: (body: Outcome) => call('POST', `/v2/payments/${payment.id}/resolve`, { body }),
    onSuccess: async () => {
      notifications.show({ message: 'Settled.' });
      onClose();
      await client.invalidateQueries({ queryKey: ['payments'] });
    },
  });
  return (
    <Modal opened onClose={onClose} title="What became of it?" centered>
      <form
        onSubmit={form.onSubmit((outcome) => {
          settle.mutate(outcome);
        })}
      >
        <Stack>
          <Text size="sm">
            {words.silent} It settles by itself when the terminal is back. Settle it here only if you know the end, from
            the acquirer’s list for example.
          </Text>
          <Refused error={settle.error} />
          <Radio.Group label="Outcome" {...form.getInputProps('outcome')}>
            <Stack gap="xs" mt="xs">
              <Radio value="approved" label={words.approved} />
              <Radio value="declined" label="Declined: the card network said no" />
              <Radio value="failed" label={words.failed} />
            </Stack>
          </Radio.Group>
          <TextInput
            label="How you know"
            description="Shown with the payment, beside your name."
            minLength={3}
            maxLength={200}
            required
            {...form.getInputProps('reason')}
          />
          <Group justify="flex-end">
            <Button type="submit" loading={settle.isPending}>
              Settle it
            </Button>
          </Group>
        </Stack>
      </form>
    </Modal>
  );
}
