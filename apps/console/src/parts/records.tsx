import { Box, Card, Group, Stack, Table } from '@mantine/core';
import type { ReactNode } from 'react';
import { useNarrow } from './use-narrow.js';

export interface Column<One> {
  /** Empty: what stands there says itself what it is. */
  readonly head: string;
  readonly of: (one: One) => ReactNode;
  /** On a phone: beside the first column, or not at all; otherwise a line of its own. */
  readonly phone?: 'top' | 'hidden';
  /** Stands in one line, such as a time. */
  readonly oneLine?: boolean;
}

interface RecordsProps<One> {
  readonly columns: readonly Column<One>[];
  readonly records: readonly One[];
  readonly keyOf: (one: One) => string | number;
}

/** Things of one kind: a table, or on a phone a card each, headed by the first column. */
export function Records<One>(props: RecordsProps<One>) {
  return useNarrow() ? <Cards {...props} /> : <Rows {...props} />;
}

function Rows<One>({ columns, records, keyOf }: RecordsProps<One>) {
  return (
    <Table.ScrollContainer minWidth={columns.length * 104}>
      <Table verticalSpacing="sm" highlightOnHover>
        <Table.Thead>
          <Table.Tr>
            {columns.map(({ head }) => (
              <Table.Th key={head}>{head}</Table.Th>
            ))}
          </Table.Tr>
        </Table.Thead>
        <Table.Tbody>
          {records.map((one) => (
            <Table.Tr key={keyOf(one)}>
              {columns.map(({ head, of, oneLine }) => (
                <Table.Td
                  key={head}
                  ta={head === '' ? 'right' : undefined}
                  style={oneLine ? { whiteSpace: 'nowrap' } : { overflowWrap: 'anywhere', minWidth: 84 }}
                >
                  {of(one)}
                </Table.Td>
              ))}
            </Table.Tr>
          ))}
        </Table.Tbody>
      </Table>
    </Table.ScrollContainer>
  );
}

function Cards<One>({ columns, records, keyOf }: RecordsProps<One>) {
  const [first, ...others] = columns;
  const top = others.filter(({ phone }) => phone === 'top');
  const lines = others.filter(({ phone }) => phone === undefined);
  return (
    <Stack gap="sm">
      {records.map((one) => (
        <Card key={keyOf(one)} withBorder padding="md">
          <Group justify="space-between" align="flex-start" gap="xs">
            <Box fw={600} fz="sm" style={{ overflowWrap: 'anywhere' }}>
              {first?.of(one)}
            </Box>
            {top.map(({ head, of }) => (
              <Box key={head}>{of(one)}</Box>
            ))}
          </Group>
          {lines.map(({ head, of }) => (
            <Line key={head} head={head} content={of(one)} />
          ))}
        </Card>
      ))}
    </Stack>
  );
}

/** Nothing where there is nothing to say. */
function Line({ head, content }: { readonly head: string; readonly content: ReactNode }) {
  if (content === null || content === '') return null;
  return (
    <Group gap="xs" mt={head === '' ? 'sm' : 4} wrap="nowrap" align="flex-start" fz="sm">
      {head !== '' && (
        <Box c="dimmed" style={{ flex: '0 0 84px' }}>
          {head}
        </Box>
      )}
      <Box style={{ overflowWrap: 'anywhere', minWidth: 0 }}>{content}</Box>
    </Group>
  );
}
