import { Button, Group, PasswordInput, Select, TextInput } from '@mantine/core';
import { useForm } from '@mantine/form';
import { useMutation, useQueryClient } from '@tanstack/react-query';
import { useState } from 'react';
import type { Role, User } from '../api/account.js';
import { call } from '../api/client.js';
import { sessionQuery, useSession } from '../api/session.js';
import { markFields } from '../parts/mark-fields.js';
import { FormModal } from '../parts/form-modal.js';

interface Wanted {
  readonly name: string;
  readonly role: Role;
  readonly email: string;
  readonly password: string;
  readonly pin: string;
}

const roles = [
  { value: 'staff', label: 'Staff' },
  { value: 'manager', label: 'Manager' },
  { value: 'administrator', label: 'Administrator' },
];

const roleMeanings: Readonly<Record<Role, string>> = {
  staff: 'Logs in to terminals, sees payments, takes purchases.',
  manager: 'Everything staff can do, plus refunds and setting up terminals.',
  administrator: 'Everything, users and API access included.',
};

const shownOf = (user: User | null): Wanted => ({
  name: user?.name ?? '',
  role: user?.role ?? 'staff',
  email: user?.email ?? '',
  password: '',
  pin: '',
});

/** 16 characters from the browser's secure random numbers. */
const randomPassword = (): string =>
  btoa(String.fromCharCode(...crypto.getRandomValues(new Uint8Array(12)))).replaceAll(/[+/]/g, 'x');

/** Adds a user, or changes one: what is not touched stays. */
export function UserForm(props: {
  /** Null: a new one. */
  readonly user: User | null;
  readonly onClose: () => void;
  /** A password that was made here, and that nobody has written down yet. */
  readonly onMade: (user: { readonly name: string; readonly password: string }) => void;
}) {
  const { user, onClose, onMade } = props;
  const isNew = user === null;
  const isOwn = useSession().user.id === user?.id;
  const client = useQueryClient();
  const [visible, setVisible] = useState(false);
  const [made, setMade] = useState('');
  const form = useForm<Wanted>({ initialValues: shownOf(user) });
  const save = useMutation({
    mutationFn: (wanted: Wanted) => {
      const typed = Object.entries(wanted).filter(([field, value]) => value !== '' && (isNew || form.isDirty(field)));
      const body = Object.fromEntries(typed);
      return isNew
        ? call('POST', '/console/v1/users', { body })
        : call('PATCH', `/console/v1/users/${user.id}`, { body });
    },
    onError: markFields(form),
    onSuccess: async (_, { name, password }) => {
      if (password !== '' && password === made) onMade({ name, password });
      onClose();
      await client.invalidateQueries({ queryKey: ['users'] });
      if (isOwn) await client.invalidateQueries(sessionQuery);
    },
  });
  const kept = isNew ? '' : ' Leave empty to keep the current one.';
  return (
    <FormModal
      opened
      title={isNew ? 'Add a user' : `Edit ${user.name}`}
      action={isNew ? 'Add' : 'Save'}
      busy={save.isPending}
      error={save.error}
      onSubmit={() => {
        save.mutate(form.getValues());
      }}
      onClose={onClose}
    >
      <TextInput label="Name" maxLength={80} required data-autofocus {...form.getInputProps('name')} />
      {!isOwn && (
        <Select
          label="Role"
          description={roleMeanings[form.getValues().role]}
          data={roles}
          allowDeselect={false}
          {...form.getInputProps('role')}
        />
      )}
      <TextInput
        label="E-mail address"
        description={
          isNew || user.email === null
            ? 'For the console, and for terminals without a PIN. For a user with only a PIN, leave this and the password empty.'
            : 'For the console, and for terminals without a PIN.'
        }
        type="email"
        autoComplete="off"
        required={!isNew && user.email !== null}
        {...form.getInputProps('email')}
      />
      {!isOwn && (
        <Group align="flex-end">
          <PasswordInput
            label={isNew ? 'Password' : 'New password'}
            description={`At least 10 characters.${kept}${isNew ? '' : ' A new password logs them out of the console.'}`}
            autoComplete="new-password"
            visible={visible}
            onVisibilityChange={setVisible}
            style={{ flex: '1 1 240px' }}
            {...form.getInputProps('password')}
          />
          <Button
            variant="default"
            onClick={() => {
              const password = randomPassword();
              setMade(password);
              form.setFieldValue('password', password);
              setVisible(true);
            }}
          >
            Generate
          </Button>
        </Group>
      )}
      <TextInput
        label={isNew ? 'PIN' : 'New PIN'}
        description={`4 to 10 digits, for the terminals. Each user needs a different PIN.${kept}`}
        inputMode="numeric"
        maxLength={10}
        autoComplete="off"
        {...form.getInputProps('pin')}
      />
    </FormModal>
  );
}
