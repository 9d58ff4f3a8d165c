import { Group, Text } from '@mantine/core';
import icon from '../icon.svg';

/** The name of the house. */
export function Mark() {
  return (
    <Group gap={10} wrap="nowrap">
      <img src={icon} width={28} height={28} alt="" />
      <Text fw={700} size="lg">
        Tillgate
      </Text>
    </Group>
  );
}
