import { NumberInput, Textarea } from '@mantine/core';
import { useForm } from '@mantine/form';
import { notifications } from '@mantine/notifications';
import { useMutation } from '@tanstack/react-query';
import { call } from '../api/client.js';
import { deviceAddress } from '../api/devices.js';
import { FormModal } from '../parts/form-modal.js';
import { markFields } from '../parts/mark-fields.js';

interface Message {
  readonly text: string;
  readonly seconds: number;
}

/** A text on the idle screen of one terminal. */
export function SendMessage({ code, onClose }: { readonly code: string; readonly onClose: () => void }) {
  const form = useForm<Message>({ initialValues: { text: '', seconds: 10 } });
  const send = useMutation({
    mutationFn: (body: Message) => call('POST', `${deviceAddress(code)}/display`, { body }),
    onError: markFields(form),
    onSuccess: () => {
      notifications.show({ message: `Sent to ${code}.` });
      onClose();
    },
  });
  return (
    <FormModal
      opened
      title={`Show a message on ${code}`}
      action="Show it"
      busy={send.isPending}
      error={send.error}
      onSubmit={() => {
        send.mutate(form.getValues());
      }}
      onClose={onClose}
    >
      <Textarea
        label="Text"
        description="Up to 200 characters. A payment replaces it."
        maxLength={200}
        autosize
        minRows={2}
        required
        data-autofocus
        {...form.getInputProps('text')}
      />
      <NumberInput label="How long (seconds)" min={1} max={300} required {...form.getInputProps('seconds')} />
    </FormModal>
  );
}
