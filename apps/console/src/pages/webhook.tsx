import { Card, Stack, Text } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { useState } from 'react';
import { useMay } from '../api/session.js';
import { type Webhook as OneWebhook, webhookQuery } from '../api/webhooks.js';
import { Facts } from '../parts/facts.js';
import { PageLink } from '../parts/links.js';
import { Page } from '../parts/page.js';
import { usePathParameter } from '../parts/path-parameter.js';
import { ShownOnce } from '../parts/shown-once.js';
import { Failed, Loading } from '../parts/states.js';
import { useWords } from '../parts/words.js';
import { Deliveries } from '../webhooks/deliveries.js';
import { type Rotated, WebhookActions } from '../webhooks/webhook-actions.js';
import { WebhookState } from '../webhooks/webhook-state.js';

export function Webhook() {
  const { data, error, isPending, refetch } = useQuery(webhookQuery(usePathParameter('id')));
  return (
    <Page
      title="Webhook"
      back={<PageLink to="/webhooks">← Webhooks</PageLink>}
      text={data && <WebhookState webhook={data} />}
    >
      {isPending && <Loading />}
      {error && <Failed error={error} retry={() => void refetch()} />}
      {data && <Known webhook={data} />}
    </Page>
  );
}

function Known({ webhook }: { readonly webhook: OneWebhook }) {
  const { time } = useWords();
  const mayChange = useMay({ settings: 'write' });
  const [rotated, setRotated] = useState<Rotated | null>(null);
  const { url, description, types, createdAt, failingSince } = webhook;
  return (
    <Stack gap="lg">
      {mayChange && <WebhookActions webhook={webhook} onRotated={setRotated} />}
      {rotated && (
        <ShownOnce
          title="The new secret"
          secret={rotated.secret}
          onHide={() => {
            setRotated(null);
          }}
        >
          <Text size="sm">Until {time(rotated.previousUntil)} the old one signs too.</Text>
        </ShownOnce>
      )}
      <Card withBorder padding="lg">
        <Facts
          facts={[
            ['Address', url],
            ['Description', description || null],
            ['Events', types.join(', ')],
            ['Created', time(createdAt)],
            ['Failing since', failingSince === null ? null : time(failingSince)],
          ]}
        />
      </Card>
      <Deliveries webhookId={webhook.id} />
    </Stack>
  );
}
