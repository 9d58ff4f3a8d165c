import { Button, Group, Modal, Stack, Text } from '@mantine/core';
import type { ReactNode } from 'react';
import { Refused } from './refused.js';

/** Says what will happen, before it does. `error`: what the platform said against it. */
export function Confirm(props: {
  readonly opened: boolean;
  readonly title: string;
  readonly text: ReactNode;
  readonly action: string;
  readonly danger?: boolean;
  readonly disabled?: boolean;
  readonly busy: boolean;
  readonly error: Error | null;
  readonly onConfirm: () => void;
  readonly onClose: () => void;
}) {
  const { opened, title, text, action, danger = false, disabled = false, busy, error, onConfirm, onClose } = props;
  return (
    <Modal opened={opened} onClose={onClose} title={title} centered>
      <Stack>
        <Text size="sm" component="div">
          {text}
        </Text>
        <Refused error={error} />
        <Group justify="flex-end">
          <Button variant="default" onClick={onClose}>
            Cancel
          </Button>
          <Button loading={busy} disabled={disabled} onClick={onConfirm} {...(danger ? { color: 'red.8' } : {})}>
            {action}
          </Button>
        </Group>
      </Stack>
    </Modal>
  );
}
