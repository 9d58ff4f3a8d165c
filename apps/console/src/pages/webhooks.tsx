import { Button, Text } from '@mantine/core';
import { IconPlus, IconWebhook } from '@tabler/icons-react';
import { useQuery } from '@tanstack/react-query';
import { useState } from 'react';
import { useMay } from '../api/session.js';
import { type MadeWebhook, type Webhook, webhooksQuery } from '../api/webhooks.js';
import { CopyBlock } from '../parts/copy-block.js';
import { PageLink } from '../parts/links.js';
import { Page } from '../parts/page.js';
import { type Column, Records } from '../parts/records.js';
import { ShownOnce } from '../parts/shown-once.js';
import { Empty, Failed, Loading } from '../parts/states.js';
import { EditWebhook } from '../webhooks/edit-webhook.js';
import { WebhookState } from '../webhooks/webhook-state.js';

const verify = `import { Webhook } from 'standardwebhooks';
const event = new Webhook(secret).verify(rawBody, headers); // throws when the signature is wrong`;

export function Webhooks() {
  const { data, error, isPending, refetch } = useQuery(webhooksQuery);
  const [adding, setAdding] = useState(false);
  const [made, setMade] = useState<MadeWebhook | null>(null);
  const mayAdd = useMay({ settings: 'write' });
  const add = mayAdd && (
    <Button
      leftSection={<IconPlus size={18} aria-hidden />}
      onClick={() => {
        setAdding(true);
      }}
    >
      Add an endpoint
    </Button>
  );
  return (
    <Page
      title="Webhooks"
      text="Tillgate sends a signed request to these addresses when something happens, and retries for three days until they answer."
      actions={data && add}
    >
      {made && (
        <ShownOnce
          title={`The secret of ${made.url}`}
          secret={made.secret}
          onHide={() => {
            setMade(null);
          }}
        >
          <Text size="sm">Check each delivery with it, in Node for example:</Text>
          <CopyBlock text={verify} label="the check" />
        </ShownOnce>
      )}
      {isPending && <Loading />}
      {error && <Failed error={error} retry={() => void refetch()} />}
      {data?.length === 0 && (
        <Empty
          icon={<IconWebhook size={28} />}
          title="No endpoint yet"
          text="Your point of sale can also wait for an answer, or follow the event stream; then it needs none."
          action={add}
        />
      )}
      {data && data.length > 0 && <Records columns={columns} records={data} keyOf={({ id }) => id} />}
      {adding && (
        <EditWebhook
          opened
          onClose={() => {
            setAdding(false);
          }}
          onMade={setMade}
        />
      )}
    </Page>
  );
}

const columns: readonly Column<Webhook>[] = [
  { head: 'Address', of: (webhook) => <Address webhook={webhook} /> },
  { head: 'State', of: (webhook) => <WebhookState webhook={webhook} /> },
  { head: 'Events', of: ({ types }) => (types.length === 1 ? types[0] : `${types.length} types`) },
];

const Address = ({ webhook: { id, url, description } }: { readonly webhook: Webhook }) => (
  <>
    <PageLink to="/webhooks/$id" params={{ id }} size="sm">
      {url}
    </PageLink>
    <Text size="xs" c="dimmed">
      {description}
    </Text>
  </>
);
