import { PasswordInput } from '@mantine/core';
import { useForm } from '@mantine/form';
import { notifications } from '@mantine/notifications';
import { useMutation } from '@tanstack/react-query';
import { call } from '../api/client.js';
import { FormModal } from '../parts/form-modal.js';
import { markFields } from '../parts/mark-fields.js';

/** Takes another password: the current one first, for the console may stand open. */
export function OwnPassword({ onClose }: { readonly onClose: () => void }) {
  const form = useForm({ initialValues: { currentPassword: '', password: '' } });
  const change = useMutation({
    mutationFn: () => call('PUT', '/console/v1/password', { body: form.getValues() }),
    onError: markFields(form),
    onSuccess: () => {
      notifications.show({ message: 'Your password is changed. Elsewhere you are logged out of the console.' });
      onClose();
    },
  });
  return (
    <FormModal
      opened
      title="Change your password"
      action="Change it"
      busy={change.isPending}
      error={change.error}
      onSubmit={() => {
        change.mutate();
      }}
      onClose={onClose}
    >
      <PasswordInput
        label="Current password"
        autoComplete="current-password"
        required
        data-autofocus
        {...form.getInputProps('currentPassword')}
      />
      <PasswordInput
        label="New password"
        description="At least 10 characters."
        autoComplete="new-password"
        required
        {...form.getInputProps('password')}
      />
    </FormModal>
  );
}
