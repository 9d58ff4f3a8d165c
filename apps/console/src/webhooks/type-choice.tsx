import { Checkbox, ScrollArea, Stack } from '@mantine/core';
import { everyEventType, eventTypes } from '../api/events.js';

/** Which events an endpoint gets, each with what it means. */
export function TypeChoice(props: { readonly value: readonly string[]; readonly onChange: (types: string[]) => void }) {
  return (
    <Checkbox.Group label="Events" value={[...props.value]} onChange={props.onChange}>
      <ScrollArea h={260} type="auto" offsetScrollbars mt="xs" viewportProps={{ tabIndex: 0 }}>
        <Stack gap="xs">
          {everyEventType.map((type) => (
            <Checkbox key={type} value={type} label={type} description={eventTypes[type]} />
          ))}
        </Stack>
      </ScrollArea>
    </Checkbox.Group>
  );
}
