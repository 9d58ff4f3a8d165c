import { Button, Group, Modal, Stack } from '@mantine/core';
import { type ReactNode, useState } from 'react';
import { Refused } from './refused.js';

/** A form in a dialog: what the platform says against it stands above the fields. */
export function FormModal(props: {
  readonly opened: boolean;
  readonly title: string;
  readonly action: string;
  readonly busy: boolean;
  readonly error: Error | null;
  readonly onSubmit: () => void;
  readonly onClose: () => void;
  readonly children: ReactNode;
}) {
  const { opened, title, action, busy, error, onSubmit, onClose, children } = props;
  // What was refused is no longer what stands in the fields.
  const [answered, setAnswered] = useState<Error | null>(null);
  return (
    <Modal opened={opened} onClose={onClose} title={title} centered size="lg">
      <form
        onChange={() => {
          setAnswered(error);
        }}
        onSubmit={(event) => {
          event.preventDefault();
          onSubmit();
        }}
      >
        <Stack>
          <Refused error={error === answered ? null : error} />
          {children}
          <Group justify="flex-end">
            <Button variant="default" onClick={onClose}>
              Cancel
            </Button>
            <Button type="submit" loading={busy}>
              {action}
            </Button>
          </Group>
        </Stack>
      </form>
    </Modal>
  );
}
