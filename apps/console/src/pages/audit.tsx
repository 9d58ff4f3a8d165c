import { Button, Group, Table, Text } from '@mantine/core';
import { useInfiniteQuery } from '@tanstack/react-query';
import { actionWords, factsLine } from '../account/audit-words.js';
import { type AuditEntry, auditQuery } from '../api/account.js';
import { Page } from '../parts/page.js';
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
  return (
    <Table.ScrollContainer minWidth={520}>
      <Table verticalSpacing="sm">
        <Table.Thead>
          <Table.Tr>
            {['Time', 'Who', 'What', 'Details'].map((head) => (
              <Table.Th key={head}>{head}</Table.Th>
            ))}
          </Table.Tr>
        </Table.Thead>
        <Table.Tbody>
          {entries.map((entry) => (
            <Table.Tr key={entry.id}>
              <Table.Td style={{ whiteSpace: 'nowrap' }}>{time(entry.at)}</Table.Td>
              <Table.Td>
                {entry.actor.name}
                {entry.actor.kind === 'api_access' && (
                  <Text size="xs" c="dimmed">
                    API access
                  </Text>
                )}
              </Table.Td>
              <Table.Td>{actionWords(entry)}</Table.Td>
              <Table.Td style={{ overflowWrap: 'anywhere' }}>{factsLine(entry)}</Table.Td>
            </Table.Tr>
          ))}
        </Table.Tbody>
      </Table>
    </Table.ScrollContainer>
  );
}
