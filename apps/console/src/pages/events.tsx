import { Button, Drawer, Group, MultiSelect, NumberInput, Table, Text } from '@mantine/core';
import { useDebouncedValue } from '@mantine/hooks';
import { IconBell } from '@tabler/icons-react';
import { useInfiniteQuery, useQuery } from '@tanstack/react-query';
import { useState } from 'react';
import { everyEventType, eventsQuery, eventTypes, type LogEvent } from '../api/events.js';
import { settingsQuery } from '../api/account.js';
import { useMay } from '../api/session.js';
import { CopyBlock } from '../parts/copy-block.js';
import { Page } from '../parts/page.js';
import { Empty, Failed, Loading } from '../parts/states.js';
import { useWords } from '../parts/words.js';

const choices = everyEventType.map((type) => ({ value: type, label: type }));

export function Events() {
  const [types, setTypes] = useState<string[]>([]);
  const [after, setAfter] = useState<number | string>(0);
  const [from] = useDebouncedValue(typeof after === 'number' ? after : 0, 300);
  const { data: settings } = useQuery({ ...settingsQuery, enabled: useMay({ settings: 'read' }) });
  const kept = settings ? ` Events are kept for ${settings.retentionDays} days.` : '';
  return (
    <Page
      title="Events"
      text={`Everything that happened, in order and without gaps: the same that webhooks, the stream and GET /v2/events bring.${kept}`}
    >
      <Group align="flex-end">
        <MultiSelect
          label="Types"
          placeholder={types.length === 0 ? 'All' : ''}
          data={choices}
          searchable
          clearable
          value={types}
          onChange={setTypes}
          style={{ flex: '1 1 280px' }}
        />
        <NumberInput label="After number" min={0} allowDecimal={false} value={after} onChange={setAfter} w={140} />
      </Group>
      <Log types={types} after={from} />
    </Page>
  );
}

function Log({ types, after }: { readonly types: readonly string[]; readonly after: number }) {
  const list = useInfiniteQuery(eventsQuery(types, after));
  const [shown, setShown] = useState<LogEvent | null>(null);
  if (list.isPending) return <Loading />;
  if (list.error) return <Failed error={list.error} retry={() => void list.refetch()} />;
  const events = list.data.pages.flatMap(({ data }) => data);
  if (events.length === 0)
    return <Empty icon={<IconBell size={28} />} title="No event" text="Events appear here the moment they happen." />;
  return (
    <>
      <Rows events={[...events].reverse()} onShow={setShown} />
      {list.hasNextPage && (
        <Group justify="center">
          <Button variant="default" loading={list.isFetchingNextPage} onClick={() => void list.fetchNextPage()}>
            Read on to newer ones
          </Button>
        </Group>
      )}
      <Drawer
        opened={shown !== null}
        onClose={() => {
          setShown(null);
        }}
        position="right"
        size="lg"
        title={shown?.type}
      >
        {shown && <CopyBlock text={JSON.stringify(shown, null, 2)} label="the event" />}
      </Drawer>
    </>
  );
}

function Rows(props: { readonly events: readonly LogEvent[]; readonly onShow: (event: LogEvent) => void }) {
  const { time } = useWords();
  return (
    <Table.ScrollContainer minWidth={560}>
      <Table verticalSpacing="xs" highlightOnHover>
        <Table.Thead>
          <Table.Tr>
            {['Number', 'Time', 'Type', 'Meaning', ''].map((head) => (
              <Table.Th key={head}>{head}</Table.Th>
            ))}
          </Table.Tr>
        </Table.Thead>
        <Table.Tbody>
          {props.events.map((event) => (
            <Table.Tr key={event.id}>
              <Table.Td>{event.sequence}</Table.Td>
              <Table.Td style={{ whiteSpace: 'nowrap' }}>{time(event.occurredAt)}</Table.Td>
              <Table.Td>
                <Text size="sm" ff="monospace">
                  {event.type}
                </Text>
              </Table.Td>
              <Table.Td>{eventTypes[event.type]}</Table.Td>
              <Table.Td ta="right">
                <Button
                  size="xs"
                  variant="default"
                  aria-label={`JSON of event ${event.sequence}`}
                  onClick={() => {
                    props.onShow(event);
                  }}
                >
                  JSON
                </Button>
              </Table.Td>
            </Table.Tr>
          ))}
        </Table.Tbody>
      </Table>
    </Table.ScrollContainer>
  );
}
