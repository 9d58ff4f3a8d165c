import { ActionIcon, Box, Code } from '@mantine/core';
import { IconCheck, IconCopy } from '@tabler/icons-react';
import { useCopy } from './use-copy.js';

/** Some lines that are to be taken elsewhere. */
export function CopyBlock({ text, label }: { readonly text: string; readonly label: string }) {
  const { copied, copy } = useCopy();
  return (
    <Box pos="relative">
      <Code block aria-label={label} role="group" pr={48} style={{ whiteSpace: 'pre-wrap', overflowWrap: 'anywhere' }}>
        {text}
      </Code>
      <ActionIcon
        variant="default"
        pos="absolute"
        top={8}
        right={8}
        aria-label={copied ? `Copied ${label}` : `Copy ${label}`}
        onClick={() => {
          copy(text);
        }}
      >
        {copied ? <IconCheck size={16} /> : <IconCopy size={16} />}
      </ActionIcon>
    </Box>
  );
}
