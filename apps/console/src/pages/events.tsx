import { Button, Drawer, Group, MultiSelect, NumberInput, Text } from '@mantine/core';
import { useDebouncedValue } from '@mantine/hooks';
import { IconBell } from '@tabler/icons-react';
import { useInfiniteQuery, useQuery } from '@tanstack/react-query';
import { useState } from 'react';
import { everyEventType, eventsQuery, eventTypes, type LogEvent } from '../api/events.js';
import { settingsQuery } from '../api/account.js';
import { useMay } from '../api/session.js';
import { CopyBlock } from '../parts/copy-block.js';
import { Page } from '../parts/page.js';
import { type Column, Records } from '../parts/records.js';
import { Empty, Failed, Loading } from '../parts/states.js';
import { useWords } from '../parts/words.js';

const choices = everyEventType.map((type) => ({ value: type, label: type }));

export function Events() {
  const [types, setTypes] = useState<string[]>([]);
  const [number, setNumber] = useState<number | string>('');
  const [upTo] = useDebouncedValue(typeof number === 'number' ? number : null, 300);
  const { data: settings } = useQuery({ ...settingsQuery, enabled: useMay({ settings: 'read' }) });
  const kept = settings ? ` Events are kept for ${settings.retentionDays} days.` : '';
  return (
    <Page
      title="Events"
      text={`Every event of your account, numbered without gaps, newest first: the same that webhooks, the event stream and GET /v2/events deliver.${kept}`}
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
        <NumberInput
          label="Up to number"
          placeholder="Newest"
          min={1}
          allowDecimal={false}
          value={number}
          onChange={setNumber}
          w={140}
        />
      </Group>
      <Log types={types} upTo={upTo} />
    </Page>
  );
}

function Log({ types, upTo }: { readonly types: readonly string[]; readonly upTo: number | null }) {
  const list = useInfiniteQuery(eventsQuery(types, upTo));
  const [shown, setShown] = useState<LogEvent | null>(null);
  if (!list.data) return list.error ? <Failed error={list.error} retry={() => void list.refetch()} /> : <Loading />;
  const events = list.data.pages.flatMap(({ data }) => data);
  if (events.length === 0)
    return <Empty icon={<IconBell size={28} />} title="No event" text="Events appear here the moment they happen." />;
  return (
    <>
      <Rows events={events} onShow={setShown} />
      {list.hasNextPage && (
        <Group justify="center">
          <Button variant="default" loading={list.isFetchingNextPage} onClick={() => void list.fetchNextPage()}>
            Show older ones
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
  const columns: readonly Column<LogEvent>[] = [
    { head: 'Number', of: ({ sequence }) => sequence },
    { head: 'Time', of: ({ occurredAt }) => time(occurredAt), oneLine: true },
    { head: 'Type', of: ({ type }) => <Text size="sm" ff="monospace" children={type} /> },
    { head: 'Meaning', of: ({ type }) => eventTypes[type] },
    {
      head: 'Terminal',
      of: ({ data }) => (typeof data.deviceCode === 'string' ? data.deviceCode : '—'),
      oneLine: true,
    },
    {
      head: '',
      phone: 'top',
      of: (event) => (
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
      ),
    },
  ];
  return <Records columns={columns} records={props.events} keyOf={({ id }) => id} />;
}
