import { Alert, Button, Group, Modal, Radio, Stack, Text, TextInput } from '@mantine/core';
import { useForm } from '@mantine/form';
import { notifications } from '@mantine/notifications';
import { useMutation, useQueryClient } from '@tanstack/react-query';
import { call } from '../api/client.js';
import type { Payment } from '../api/payments.js';

interface Outcome {
  readonly outcome: 'approved' | 'declined' | 'failed';
  readonly reason: string;
}

/** Somebody found out elsewhere what became of it. It is kept with their name, and the terminal's own word is kept beside it. */
export function Settle(props: { readonly payment: Payment; readonly opened: boolean; readonly onClose: () => void }) {
  const { payment, opened, onClose } = props;
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
    <Modal opened={opened} onClose={onClose} title="What became of it?" centered>
      <form
        onSubmit={form.onSubmit((outcome) => {
          settle.mutate(outcome);
        })}
      >
        <Stack>
          <Text size="sm">
            The terminal fell silent while the card was charged. It settles by itself when the terminal is back. Settle
            it here only if you know the end, from the acquirer’s list for example.
          </Text>
          {settle.error && (
            <Alert color="red" role="alert">
              {settle.error.message}
            </Alert>
          )}
          <Radio.Group label="Outcome" {...form.getInputProps('outcome')}>
            <Stack gap="xs" mt="xs">
              <Radio value="approved" label="Approved: the customer paid" />
              <Radio value="declined" label="Declined: the card network said no" />
              <Radio value="failed" label="Failed: nothing was charged" />
            </Stack>
          </Radio.Group>
          <TextInput
            label="How you know"
            description="Kept with your name."
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
