import { Badge, type MantineColor } from '@mantine/core';

/** A state in a word or two: a dot has the colour, so that the text is readable in every one of them. */
export function StateBadge({ words, color }: { readonly words: string; readonly color: MantineColor }) {
  return (
    <Badge variant="dot" color={color} styles={{ label: { textTransform: 'none' } }}>
      {words}
    </Badge>
  );
}
