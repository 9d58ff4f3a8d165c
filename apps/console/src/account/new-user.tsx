import { Button, Group, PasswordInput, Select, TextInput } from '@mantine/core';
import { useForm } from '@mantine/form';
import { useMutation, useQueryClient } from '@tanstack/react-query';
import { useState } from 'react';
import type { Role } from '../api/account.js';
import { call } from '../api/client.js';
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
  { value: 'staff', label: 'Staff: log in to terminals, see payments, take purchases' },
  { value: 'manager', label: 'Manager: refunds too, and setting up terminals' },
  { value: 'administrator', label: 'Administrator: everything, users and API access included' },
];

const nobody: Wanted = { name: '', role: 'staff', email: '', password: '', pin: '' };

/** 16 characters from the browser's secure random numbers. */
const randomPassword = (): string =>
  btoa(String.fromCharCode(...crypto.getRandomValues(new Uint8Array(12)))).replaceAll(/[+/]/g, 'x');

export function NewUser(props: {
  readonly opened: boolean;
  readonly onClose: () => void;
  /** A password that was made here, and that nobody has written down yet. */
  readonly onMade: (user: { readonly name: string; readonly password: string }) => void;
}) {
  const { opened, onClose, onMade } = props;
  const client = useQueryClient();
  const [visible, setVisible] = useState(false);
  const [made, setMade] = useState('');
  const form = useForm<Wanted>({ initialValues: nobody });
  const close = (): void => {
    form.reset();
    setVisible(false);
    add.reset();
    onClose();
  };
  const add = useMutation({
    mutationFn: (wanted: Wanted) =>
      call('POST', '/console/v1/users', {
        body: Object.fromEntries(Object.entries(wanted).filter(([, value]) => value !== '')),
      }),
    onError: markFields(form),
    onSuccess: async (_, { name, password }) => {
      if (password !== '' && password === made) onMade({ name, password });
      close();
      await client.invalidateQueries({ queryKey: ['users'] });
    },
  });
  return (
    <FormModal
      opened={opened}
      title="Add a user"
      action="Add"
      busy={add.isPending}
      error={add.error}
      onSubmit={() => {
        add.mutate(form.getValues());
      }}
      onClose={close}
    >
      <TextInput label="Name" maxLength={80} required data-autofocus {...form.getInputProps('name')} />
      <Select label="Role" data={roles} allowDeselect={false} {...form.getInputProps('role')} />
      <TextInput
        label="E-mail address"
        description="For the console, and for terminals without a PIN. Leave it and the password empty for a PIN alone."
        type="email"
        autoComplete="off"
        {...form.getInputProps('email')}
      />
      <Group align="flex-end">
        <PasswordInput
          label="Password"
          description="At least 10 characters."
          autoComplete="new-password"
          visible={visible}
          onVisibilityChange={setVisible}
          style={{ flex: 1 }}
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
          Make one
        </Button>
      </Group>
      <TextInput
        label="PIN"
        description="4 to 10 digits, for the terminals; no two users of the account have the same."
        inputMode="numeric"
        maxLength={10}
        autoComplete="off"
        {...form.getInputProps('pin')}
      />
    </FormModal>
  );
}
