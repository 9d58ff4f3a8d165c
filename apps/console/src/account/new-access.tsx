import { Select, TextInput } from '@mantine/core';
import { useForm } from '@mantine/form';
import { useMutation, useQueryClient } from '@tanstack/react-query';
import { call } from '../api/client.js';
import { markFields } from '../parts/mark-fields.js';
import type { Permissions } from '../api/session.js';
import { FormModal } from '../parts/form-modal.js';
import { choicesOf, generalLevels, processingLevels, settingsLevels } from './permission-words.js';

interface Wanted extends Permissions {
  readonly name: string;
}

/** What a till needs for purchases, to begin with. */
const till: Wanted = { name: '', general: 'read', settings: 'read', processing: 'positive_transaction' };

export function NewAccess(props: {
  readonly opened: boolean;
  readonly onClose: () => void;
  readonly onMade: (token: string) => void;
}) {
  const { opened, onClose, onMade } = props;
  const client = useQueryClient();
  const form = useForm<Wanted>({ initialValues: till });
  const close = (): void => {
    form.reset();
    make.reset();
    onClose();
  };
  const make = useMutation({
    mutationFn: ({ name, ...permissions }: Wanted) =>
      call<{ readonly token: string }>('POST', '/console/v1/api-accesses', { body: { name, permissions } }),
    onError: markFields(form),
    onSuccess: async ({ token }) => {
      onMade(token);
      close();
      await client.invalidateQueries({ queryKey: ['api-accesses'] });
    },
  });
  return (
    <FormModal
      opened={opened}
      title="New API access"
      action="Create the token"
      busy={make.isPending}
      error={make.error}
      onSubmit={() => {
        make.mutate(form.getValues());
      }}
      onClose={close}
    >
      <TextInput
        label="Name"
        description="Shown on the terminal when pinged, and in the audit log."
        maxLength={80}
        required
        data-autofocus
        {...form.getInputProps('name')}
      />
      <Select
        label="General"
        description={generalLevels[form.getValues().general][1]}
        data={choicesOf(generalLevels)}
        allowDeselect={false}
        {...form.getInputProps('general')}
      />
      <Select
        label="Settings"
        description={settingsLevels[form.getValues().settings][1]}
        data={choicesOf(settingsLevels)}
        allowDeselect={false}
        {...form.getInputProps('settings')}
      />
      <Select
        label="Processing"
        description={processingLevels[form.getValues().processing][1]}
        data={choicesOf(processingLevels)}
        allowDeselect={false}
        {...form.getInputProps('processing')}
      />
    </FormModal>
  );
}
