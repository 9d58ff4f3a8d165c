import { ActionIcon, Code, Group, Tooltip } from '@mantine/core';
import { IconCheck, IconCopy } from '@tabler/icons-react';
import { useCopy } from './use-copy.js';

/** A value that is to be taken elsewhere: shown as it is, with a button that copies it. `label`: what it is, for who cannot see it. */
export function CopyField({ value, label }: { readonly value: string; readonly label: string }) {
  const { copied, copy } = useCopy();
  return (
    <Group gap={6} wrap="nowrap">
      <Code style={{ overflowWrap: 'anywhere' }}>{value}</Code>
      <Tooltip label={copied ? 'Copied' : 'Copy'}>
        <ActionIcon
          variant="subtle"
          aria-label={copied ? `${label} copied` : `Copy ${label}`}
          onClick={() => {
            copy(value);
          }}
        >
          {copied ? <IconCheck size={16} /> : <IconCopy size={16} />}
        </ActionIcon>
      </Tooltip>
    </Group>
  );
}
