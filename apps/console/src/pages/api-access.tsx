import { Button, Stack, Text } from '@mantine/core';
import { IconKey, IconPlus } from '@tabler/icons-react';
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { useState } from 'react';
import { NewAccess } from '../account/new-access.js';
import { inShort } from '../account/permission-words.js';
import { type ApiAccess as Access, apiAccessesQuery } from '../api/account.js';
import { call } from '../api/client.js';
import { Confirm } from '../parts/confirm.js';
import { CopyBlock } from '../parts/copy-block.js';
import { Page } from '../parts/page.js';
import { type Column, Records } from '../parts/records.js';
import { StateBadge } from '../parts/state-badge.js';
import { ShownOnce } from '../parts/shown-once.js';
import { Empty, Failed, Loading } from '../parts/states.js';
import { useWords } from '../parts/words.js';

export function ApiAccess() {
  const { data, error, isPending, refetch } = useQuery(apiAccessesQuery);
  const [adding, setAdding] = useState(false);
  const [token, setToken] = useState<string | null>(null);
  const add = (
    <Button
      leftSection={<IconPlus size={18} aria-hidden />}
      onClick={() => {
        setAdding(true);
      }}
    >
      New API access
    </Button>
  );
  return (
    <Page
      title="API access"
      text="Your point of sale sends a token in the api-token header. Give each one its own token, with only the permissions it needs."
      actions={data && add}
    >
      {token !== null && (
        <ShownOnce
          title="The token of the new API access"
          secret={token}
          onHide={() => {
            setToken(null);
          }}
        >
          <Text size="sm">Try it:</Text>
          <CopyBlock text={`curl ${location.origin}/v2/connection-test -H "api-token: ${token}"`} label="the call" />
        </ShownOnce>
      )}
      {isPending && <Loading />}
      {error && <Failed error={error} retry={() => void refetch()} />}
      {data?.length === 0 && (
        <Empty
          icon={<IconKey size={28} />}
          title="No API access yet"
          text="Make one for your point of sale."
          action={add}
        />
      )}
      {data && data.length > 0 && <Accesses accesses={data} />}
      <NewAccess
        opened={adding}
        onClose={() => {
          setAdding(false);
        }}
        onMade={setToken}
      />
    </Page>
  );
}

function Accesses({ accesses }: { readonly accesses: readonly Access[] }) {
  const { ago, time } = useWords();
  const [revoking, setRevoking] = useState<Access | null>(null);
  const columns: readonly Column<Access>[] = [
    { head: 'Name', of: ({ name }) => name },
    { head: 'Permissions', of: ({ permissions }) => inShort(permissions) },
    { head: 'Created', of: ({ createdAt }) => time(createdAt), oneLine: true },
    { head: 'Last used', of: ({ lastUsedAt }) => (lastUsedAt === null ? 'never' : ago(lastUsedAt)) },
    {
      head: '',
      of: (access) =>
        access.revokedAt === null ? (
          <Button
            size="xs"
            variant="default"
            aria-label={`Revoke ${access.name}`}
            onClick={() => {
              setRevoking(access);
            }}
          >
            Revoke
          </Button>
        ) : (
          <StateBadge words="Revoked" color="gray" />
        ),
    },
  ];
  return (
    <>
      <Records columns={columns} records={accesses} keyOf={({ id }) => id} />
      {revoking && (
        <Revoke
          access={revoking}
          onClose={() => {
            setRevoking(null);
          }}
        />
      )}
    </>
  );
}

function Revoke({ access, onClose }: { readonly access: Access; readonly onClose: () => void }) {
  const client = useQueryClient();
  const revoke = useMutation({
    mutationFn: () => call('DELETE', `/console/v1/api-accesses/${access.id}`),
    onSuccess: async () => {
      await client.invalidateQueries({ queryKey: ['api-accesses'] });
      onClose();
    },
  });
  return (
    <Confirm
      opened
      title={`Revoke “${access.name}”?`}
      text={
        <Stack gap={4}>
          <span>Its token is refused from the next request on, for good.</span>
          <span>Payments that are under way go on.</span>
        </Stack>
      }
      action="Revoke"
      danger
      busy={revoke.isPending}
      error={revoke.error}
      onConfirm={() => {
        revoke.mutate();
      }}
      onClose={onClose}
    />
  );
}
