import { Button, Code, Drawer, Group, Stack, Text } from '@mantine/core';
import { notifications } from '@mantine/notifications';
import { useMutation, useQueryClient } from '@tanstack/react-query';
import { call } from '../api/client.js';
import { useMay } from '../api/session.js';
import { type Delivery, webhookAddress } from '../api/webhooks.js';
import { CopyBlock } from '../parts/copy-block.js';
import { CopyField } from '../parts/copy-field.js';
import { useWords } from '../parts/words.js';
import { answerOf, DeliveryState } from './delivery-state.js';

interface DeliveryDrawerProps {
  /** Undefined: the drawer is closed. */
  readonly delivery: Delivery | undefined;
  readonly webhookId: string;
  readonly onClose: () => void;
}

/** One delivery with its request and every answer, as it is now. */
export function DeliveryDrawer({ delivery, webhookId, onClose }: DeliveryDrawerProps) {
  return (
    <Drawer
      opened={delivery !== undefined}
      onClose={onClose}
      position="right"
      size="lg"
      title={delivery && `Delivery of ${delivery.type}`}
    >
      {delivery && <Detail delivery={delivery} webhookId={webhookId} />}
    </Drawer>
  );
}

function Detail({ delivery, webhookId }: { readonly delivery: Delivery; readonly webhookId: string }) {
  const { time } = useWords();
  const maySend = useMay({ settings: 'write' });
  const { messageId, state, nextTryAt, request, attempts } = delivery;
  return (
    <Stack>
      <Group>
        <DeliveryState state={state} />
        {nextTryAt !== null && <Text size="sm">Next try {time(nextTryAt)}</Text>}
        {maySend && <SendAgain delivery={delivery} webhookId={webhookId} />}
      </Group>
      <CopyField value={messageId} label="message id" />
      <Text fw={600}>Request</Text>
      <CopyBlock text={pretty(request)} label="the request" />
      <Text fw={600}>Responses</Text>
      {attempts.length === 0 && <Text size="sm">Not tried yet.</Text>}
      {attempts.map((attempt) => (
        <Stack key={attempt.at} gap={4}>
          <Text size="sm">
            {time(attempt.at)}: {answerOf(attempt)}
            {attempt.status !== null && attempt.problem !== null && `, ${attempt.problem}`}
          </Text>
          {attempt.body !== null && (
            <Code block style={{ whiteSpace: 'pre-wrap', overflowWrap: 'anywhere' }}>
              {attempt.body}
            </Code>
          )}
        </Stack>
      ))}
    </Stack>
  );
}

function SendAgain({
  delivery: { id, state },
  webhookId,
}: {
  readonly delivery: Delivery;
  readonly webhookId: string;
}) {
  const client = useQueryClient();
  const again = useMutation({
    mutationFn: () => call('POST', `${webhookAddress(webhookId)}/deliveries/${id}/redeliver`),
    onSuccess: async () => {
      notifications.show({ message: 'It goes out again.' });
      await client.invalidateQueries({ queryKey: ['webhooks'] });
    },
    onError: ({ message }) => notifications.show({ message, color: 'red' }),
  });
  return (
    <Button
      size="xs"
      variant={state === 'failed' ? 'filled' : 'default'}
      loading={again.isPending}
      onClick={() => {
        again.mutate();
      }}
    >
      Send it again
    </Button>
  );
}

const pretty = (json: string): string => JSON.stringify(JSON.parse(json), null, 2);
