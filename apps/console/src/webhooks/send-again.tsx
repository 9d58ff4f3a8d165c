import { Select } from '@mantine/core';
import { notifications } from '@mantine/notifications';
import { useMutation, useQueryClient } from '@tanstack/react-query';
import { useState } from 'react';
import { call } from '../api/client.js';
import { type Webhook, webhookAddress } from '../api/webhooks.js';
import { FormModal } from '../parts/form-modal.js';

const hour = 3_600_000;
const spans = [
  { value: String(hour), label: 'The last hour' },
  { value: String(24 * hour), label: 'The last day' },
  { value: String(72 * hour), label: 'The last three days' },
  { value: String(720 * hour), label: 'The last 30 days' },
];

/** Deliveries of a span of time go out again, under the same ids. */
export function SendAgain({ webhook, onClose }: { readonly webhook: Webhook; readonly onClose: () => void }) {
  const client = useQueryClient();
  const [span, setSpan] = useState(String(24 * hour));
  const [state, setState] = useState<string>('failed');
  const send = useMutation({
    mutationFn: () => {
      const from = new Date(Date.now() - Number(span)).toISOString();
      const body = { from, ...(state === 'all' ? {} : { state }) };
      return call<{ readonly redelivered: number }>('POST', `${webhookAddress(webhook.id)}/redeliver`, { body });
    },
    onSuccess: async ({ redelivered }) => {
      notifications.show({
        message: `${redelivered} ${redelivered === 1 ? 'delivery goes' : 'deliveries go'} out again.`,
      });
      onClose();
      await client.invalidateQueries({ queryKey: ['webhooks'] });
    },
  });
  return (
    <FormModal
      opened
      title="Send again"
      action="Send again"
      busy={send.isPending}
      error={send.error}
      onSubmit={() => {
        send.mutate();
      }}
      onClose={onClose}
    >
      <Select
        label="Made in"
        data={spans}
        value={span}
        allowDeselect={false}
        onChange={(value) => {
          setSpan(value ?? span);
        }}
      />
      <Select
        label="Which"
        data={[
          { value: 'failed', label: 'Those that failed' },
          { value: 'delivered', label: 'Those that were delivered' },
          { value: 'all', label: 'All' },
        ]}
        value={state}
        allowDeselect={false}
        onChange={(value) => {
          setState(value ?? state);
        }}
      />
    </FormModal>
  );
}
