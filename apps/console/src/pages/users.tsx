import { Button, Group } from '@mantine/core';
import { IconPlus } from '@tabler/icons-react';
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { useState } from 'react';
import { UserForm } from '../account/user-form.js';
import { type User, usersQuery } from '../api/account.js';
import { call } from '../api/client.js';
import { useSession } from '../api/session.js';
import { Confirm } from '../parts/confirm.js';
import { Page } from '../parts/page.js';
import { type Column, Records } from '../parts/records.js';
import { ShownOnce } from '../parts/shown-once.js';
import { StateBadge } from '../parts/state-badge.js';
import { Failed, Loading } from '../parts/states.js';
import { useWords } from '../parts/words.js';

export function Users() {
  const { data, error, isPending, refetch } = useQuery(usersQuery);
  const [edited, setEdited] = useState<User | 'new' | null>(null);
  const [made, setMade] = useState<{ readonly name: string; readonly password: string } | null>(null);
  const mayAdd = useSession().user.role === 'administrator';
  return (
    <Page
      title="Users"
      text="Who works with this console and logs in to the terminals."
      actions={
        mayAdd && (
          <Button
            leftSection={<IconPlus size={18} aria-hidden />}
            onClick={() => {
              setEdited('new');
            }}
          >
            Add a user
          </Button>
        )
      }
    >
      {made && (
        <ShownOnce
          title={`The password of ${made.name}`}
          secret={made.password}
          onHide={() => {
            setMade(null);
          }}
        />
      )}
      {isPending && <Loading />}
      {error && <Failed error={error} retry={() => void refetch()} />}
      {data && <People users={data} onChange={setEdited} />}
      {edited && (
        <UserForm
          user={edited === 'new' ? null : edited}
          onMade={setMade}
          onClose={() => {
            setEdited(null);
          }}
        />
      )}
    </Page>
  );
}

function People({ users, onChange }: { readonly users: readonly User[]; readonly onChange: (user: User) => void }) {
  const { user: me } = useSession();
  const { time } = useWords();
  const [ending, setEnding] = useState<User | null>(null);
  const mayChange = me.role === 'administrator';
  const columns: readonly Column<User>[] = [
    { head: 'Name', of: ({ id, name }) => (id === me.id ? `${name} (you)` : name) },
    { head: 'E-mail', of: ({ email }) => email ?? 'PIN only' },
    { head: 'Role', of: ({ role }) => role },
    { head: 'Added', of: ({ createdAt }) => time(createdAt), oneLine: true },
    {
      head: '',
      of: (user) => {
        if (!user.active) return <StateBadge words="Ended" color="gray" />;
        if (!mayChange) return null;
        return (
          <Group gap="xs" justify="flex-end">
            <Button
              size="xs"
              variant="default"
              aria-label={`Change ${user.name}`}
              onClick={() => {
                onChange(user);
              }}
            >
              Change
            </Button>
            {user.id !== me.id && (
              <Button
                size="xs"
                variant="default"
                aria-label={`End access of ${user.name}`}
                onClick={() => {
                  setEnding(user);
                }}
              >
                End access
              </Button>
            )}
          </Group>
        );
      },
    },
  ];
  return (
    <>
      <Records columns={columns} records={users} keyOf={({ id }) => id} />
      {ending && (
        <End
          user={ending}
          onClose={() => {
            setEnding(null);
          }}
        />
      )}
    </>
  );
}

function End({ user, onClose }: { readonly user: User; readonly onClose: () => void }) {
  const client = useQueryClient();
  const end = useMutation({
    mutationFn: () => call('DELETE', `/console/v1/users/${user.id}`),
    onSuccess: async () => {
      await client.invalidateQueries({ queryKey: ['users'] });
      onClose();
    },
  });
  return (
    <Confirm
      opened
      title={`End the access of ${user.name}?`}
      text="They are logged out of the console and of every terminal, and their PIN is free again. This cannot be taken back."
      action="End access"
      danger
      busy={end.isPending}
      error={end.error}
      onConfirm={() => {
        end.mutate();
      }}
      onClose={onClose}
    />
  );
}
