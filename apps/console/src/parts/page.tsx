import { Box, Group, Stack, Text, Title } from '@mantine/core';
import { type ReactNode, useEffect, useRef } from 'react';

let isFirst = true;

/** The frame of every page: what it is, one sentence, and what can be done. */
export function Page(props: {
  readonly title: string;
  readonly text?: ReactNode;
  readonly actions?: ReactNode;
  /** To the list that this is one of. */
  readonly back?: ReactNode;
  readonly children: ReactNode;
}) {
  const { title } = props;
  const heading = useRef<HTMLHeadingElement>(null);
  // Who goes on to another page hears of it, and goes on from its beginning.
  useEffect(() => {
    if (!isFirst) heading.current?.focus({ preventScroll: true });
    isFirst = false;
  }, []);
  useEffect(() => {
    document.title = `${title} · Tillgate`;
  }, [title]);
  return (
    <Stack gap="lg">
      <Group justify="space-between" align="flex-start" gap="md">
        <Box maw={680}>
          {props.back !== undefined && (
            <Text size="sm" mb={4}>
              {props.back}
            </Text>
          )}
          <Title order={1} size="h2" ref={heading} tabIndex={-1} style={{ outline: 'none' }}>
            {title}
          </Title>
          {props.text !== undefined && (
            <Text c="dimmed" mt={4}>
              {props.text}
            </Text>
          )}
        </Box>
        {props.actions !== undefined && <Group gap="sm">{props.actions}</Group>}
      </Group>
      {props.children}
    </Stack>
  );
}
