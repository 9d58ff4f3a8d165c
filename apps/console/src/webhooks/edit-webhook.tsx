import { TextInput } from '@mantine/core';
import { useForm } from '@mantine/form';
import { useMutation, useQueryClient } from '@tanstack/react-query';
import { call } from '../api/client.js';
import { type MadeWebhook, type NewWebhook, type Webhook, webhookAddress } from '../api/webhooks.js';
import { FormModal } from '../parts/form-modal.js';
import { markFields } from '../parts/mark-fields.js';
import { TypeChoice } from './type-choice.js';

const compatible = ['cardTransaction', 'terminalCancel'];

/** A new endpoint, or another choice for one that is there. */
export function EditWebhook(props: {
  readonly webhook?: Webhook;
  readonly opened: boolean;
  readonly onClose: () => void;
  readonly onMade?: (made: MadeWebhook) => void;
}) {
  const { webhook, opened, onClose, onMade } = props;
  const client = useQueryClient();
  const { url = '', description = '', types = compatible } = webhook ?? {};
  const form = useForm<NewWebhook>({ initialValues: { url, description, types } });
  const save = useMutation({
    mutationFn: async (body: NewWebhook) => {
      if (webhook) await call('PATCH', webhookAddress(webhook.id), { body });
      else onMade?.(await call<MadeWebhook>('POST', '/v2/webhooks', { body }));
    },
    onError: markFields(form),
    onSuccess: async () => {
      onClose();
      await client.invalidateQueries({ queryKey: ['webhooks'] });
    },
  });
  return (
    <FormModal
      opened={opened}
      title={webhook ? 'Change the endpoint' : 'Add an endpoint'}
      action={webhook ? 'Save' : 'Add'}
      busy={save.isPending}
      error={save.error}
      onSubmit={() => {
        save.mutate(form.getValues());
      }}
      onClose={onClose}
    >
      <TextInput
        label="Address"
        description="HTTPS, reachable from the internet. http://localhost only where the operator allows it, as in the demo."
        placeholder="https://pos.example/hooks"
        required
        data-autofocus
        {...form.getInputProps('url')}
      />
      <TextInput label="Description" maxLength={200} {...form.getInputProps('description')} />
      <TypeChoice
        value={form.getValues().types}
        onChange={(chosen) => {
          form.setFieldValue('types', chosen);
        }}
      />
    </FormModal>
  );
}
