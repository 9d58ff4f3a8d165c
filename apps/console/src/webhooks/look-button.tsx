import { Button } from '@mantine/core';
import type { Delivery } from '../api/webhooks.js';

export function LookButton(props: { readonly delivery: Delivery; readonly onShow: (id: number) => void }) {
  const { id, messageId } = props.delivery;
  return (
    <Button
      size="xs"
      variant="default"
      aria-label={`Look at ${messageId}`}
      onClick={() => {
        props.onShow(id);
      }}
    >
      Look
    </Button>
  );
}
