import { Button, Group, Modal, NumberInput, Stack, Textarea } from '@mantine/core';
import { useForm } from '@mantine/form';
import { notifications } from '@mantine/notifications';
import { useMutation } from '@tanstack/react-query';
import { call } from '../api/client.js';
import { deviceAddress } from '../api/devices.js';
import { Refused } from '../parts/refused.js';

interface Message {
  readonly text: string;
  readonly seconds: number;
}

/** A text on the idle screen of one terminal. */
export function SendMessage({ code, onClose }: { readonly code: string; readonly onClose: () => void }) {
  const form = useForm<Message>({ initialValues: { text: '', seconds: 10 } });
  const send = useMutation({
    mutationFn: (body: Message) => call('POST', `${deviceAddress(code)}/display`, { body }),
    onSuccess: () => {
      notifications.show({ message: `Sent to ${code}.` });
      onClose();
    },
  });
  return (
    <Modal opened onClose={onClose} title={`Show a message on ${code}`} centered>
      <form
        onSubmit={form.onSubmit((message) => {
          send.mutate(message);
        })}
      >
        <Stack>
          <Refused error={send.error} />
          <Textarea
            label="Text"
            description="Up to 200 characters. A payment replaces it."
            maxLength={200}
            autosize
            minRows={2}
            required
            {...form.getInputProps('text')}
          />
          <NumberInput label="How long (seconds)" min={1} max={300} required {...form.getInputProps('seconds')} />
          <Group justify="flex-end">
            <Button variant="default" onClick={onClose}>
              Cancel
            </Button>
            <Button type="submit" loading={send.isPending}>
              Show it
            </Button>
          </Group>
        </Stack>
      </form>
    </Modal>
  );
}
