import { Button, Group, Stack, TextInput } from '@mantine/core';
import { useForm } from '@mantine/form';
import { notifications } from '@mantine/notifications';
import { useMutation, useQueryClient } from '@tanstack/react-query';
import { call } from '../api/client.js';
import { markFields } from '../parts/mark-fields.js';
import { type Device, deviceAddress } from '../api/devices.js';
import { useMay } from '../api/session.js';
import { Refused } from '../parts/refused.js';
import { useFollow } from '../parts/use-follow.js';

/** What people call it, and where it stands. */
export function DeviceLabels({ device }: { readonly device: Device }) {
  const client = useQueryClient();
  const mayChange = useMay({ settings: 'write' });
  const stored = { name: device.name ?? '', location: device.location ?? '' };
  const form = useForm({ initialValues: stored });
  useFollow(form, stored);
  const save = useMutation({
    mutationFn: ({ name, location }: typeof stored) => {
      const body = { ...(form.isDirty('name') && { name }), ...(form.isDirty('location') && { location }) };
      return call('PATCH', deviceAddress(device.code), { body });
    },
    onError: markFields(form),
    onSuccess: async () => {
      form.resetDirty();
      notifications.show({ message: 'Saved.' });
      await client.invalidateQueries({ queryKey: ['devices'] });
    },
  });
  return (
    <form
      onSubmit={form.onSubmit((labels) => {
        save.mutate(labels);
      })}
    >
      <Stack>
        <Refused error={save.error} />
        <Group align="flex-end">
          <TextInput label="Name" maxLength={80} disabled={!mayChange} {...form.getInputProps('name')} />
          <TextInput label="Place" maxLength={80} disabled={!mayChange} {...form.getInputProps('location')} />
          {mayChange && (
            <Button type="submit" variant="light" loading={save.isPending} disabled={!form.isDirty()}>
              Save
            </Button>
          )}
        </Group>
      </Stack>
    </form>
  );
}
