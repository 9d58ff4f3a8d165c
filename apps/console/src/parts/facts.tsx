import { Box, SimpleGrid, Text } from '@mantine/core';
import type { ReactNode } from 'react';

/** What is known of one thing, each under its name; what is null is left out. */
export function Facts({ facts }: { readonly facts: readonly (readonly [name: string, value: ReactNode])[] }) {
  return (
    <SimpleGrid
      type="container"
      cols={{ base: 1, '280px': 2, '560px': 3, '800px': 4 }}
      spacing="lg"
      verticalSpacing="md"
      component="dl"
      m={0}
    >
      {facts.map(
        ([name, value]) =>
          value !== null && (
            <Box key={name}>
              <Text component="dt" size="xs" c="dimmed">
                {name}
              </Text>
              <Text component="dd" m={0} size="sm" style={{ overflowWrap: 'anywhere' }}>
                {value}
              </Text>
            </Box>
          ),
      )}
    </SimpleGrid>
  );
}
