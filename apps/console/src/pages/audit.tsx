import { Button, Group, Text } from '@mantine/core';
import { useInfiniteQuery } from '@tanstack/react-query';
import { actionWords, detailsOf } from '../account/audit-words.js';
import { type AuditEntry, auditQuery } from '../api/account.js';
import { Page } from '../parts/page.js';
import { type Column, Records } from '../parts/records.js';
import { Failed, Loading } from '../parts/states.js';
import { useWords } from '../parts/words.js';

export function Audit() {
  const list = useInfiniteQuery(auditQuery);
  return (
    <Page title="Audit log" text="Who changed what, the newest first. Nothing in it can be changed or removed.">
      {list.isPending && <Loading />}
      {list.error && <Failed error={list.error} retry={() => void list.refetch()} />}
      {list.data && <Entries entries={list.data.pages.flatMap(({ data }) => data)} />}
      {list.hasNextPage && (
        <Group justify="center">
          <Button variant="default" loading={list.isFetchingNextPage} onClick={() => void list.fetchNextPage()}>
            Show older ones
          </Button>
        </Group>
      )}
    </Page>
  );
}

function Entries({ entries }: { readonly entries: readonly AuditEntry[] }) {
  const { time } = useWords();
  const columns: readonly Column<AuditEntry>[] = [
    { head: 'Time', of: ({ at }) => time(at), oneLine: true },
    { head: 'Who', of: ({ actor }) => <Who actor={actor} />, phone: 'top' },
    { head: 'What', of: actionWords },
    { head: 'Details', of: detailsOf },
  ];
  return <Records columns={columns} records={entries} keyOf={({ id }) => id} />;
}

const Who = ({ actor: { name, kind } }: Pick<AuditEntry, 'actor'>) => (
  <>
    <Text size="sm">{name}</Text>
    {kind === 'api_access' && (
      <Text size="xs" c="dimmed">
        API access
      </Text>
    )}
  </>
);
