import { Button, Card, Group, NumberInput, Select, Stack, Switch, TagsInput, Title } from '@mantine/core';
import { useForm } from '@mantine/form';
import { notifications } from '@mantine/notifications';
import { useMutation, useQueryClient } from '@tanstack/react-query';
import type { Settings } from '../api/account.js';
import { call } from '../api/client.js';
import { markFields } from '../parts/mark-fields.js';
import { useMay } from '../api/session.js';
import { useFollow } from '../parts/use-follow.js';
import { Refused } from '../parts/refused.js';

interface Fields {
  readonly timeZone: string;
  readonly deliverWithin: number;
  readonly payWithin: number;
  readonly retentionDays: number;
  readonly asksForTips: boolean;
  readonly percentages: string[];
}

const usualTips = ['15', '18', '20'];

const fieldsOf = ({ tipping, ...settings }: Settings): Fields => ({
  ...settings,
  asksForTips: tipping !== null,
  percentages: tipping?.percentages.map(String) ?? usualTips,
});

/** Only what was changed here: the rest may have been changed elsewhere since. */
function changesIn(fields: Fields, isDirty: (name: keyof Fields) => boolean): object {
  const { asksForTips, percentages, ...settings } = fields;
  const changed = Object.entries(settings).filter(([name]) => isDirty(name as keyof Fields));
  const tipping = asksForTips ? { percentages: percentages.map(Number) } : null;
  return { ...Object.fromEntries(changed), ...(isDirty('asksForTips') || isDirty('percentages') ? { tipping } : {}) };
}

/** Browsers leave out UTC, and have older names for some. */
const timeZones = (own: string): string[] => [...new Set([own, 'UTC', ...Intl.supportedValuesOf('timeZone')])].sort();

/** What a payment that does not say otherwise goes by. */
export function SettingsForm({ settings }: { readonly settings: Settings }) {
  const client = useQueryClient();
  const mayChange = useMay({ settings: 'write' });
  const form = useForm<Fields>({
    initialValues: fieldsOf(settings),
    enhanceGetInputProps: () => ({ disabled: !mayChange }),
  });
  useFollow(form, fieldsOf(settings));
  const save = useMutation({
    mutationFn: (fields: Fields) => call('PATCH', '/v2/settings', { body: changesIn(fields, form.isDirty) }),
    onError: markFields(form),
    onSuccess: async () => {
      form.resetDirty();
      notifications.show({ message: 'Saved.' });
      await Promise.all(['settings', 'session'].map((key) => client.invalidateQueries({ queryKey: [key] })));
    },
  });
  return (
    <Card withBorder padding="lg">
      <Title order={2} size="h4" mb="md">
        Payments and event log
      </Title>
      <form
        onSubmit={form.onSubmit((fields) => {
          save.mutate(fields);
        })}
      >
        <Stack>
          <Refused error={save.error} />
          <Select
            label="Time zone"
            description="Used for daily totals and for times in the API."
            data={timeZones(settings.timeZone)}
            searchable
            allowDeselect={false}
            {...form.getInputProps('timeZone')}
          />
          <NumberInput
            label="Deliver within, seconds"
            description="A payment that has not reached the terminal by then is never shown."
            min={2}
            max={60}
            {...form.getInputProps('deliverWithin')}
          />
          <NumberInput
            label="Pay within, seconds"
            description="How long a customer has to present a card."
            min={15}
            max={300}
            {...form.getInputProps('payWithin')}
          />
          <Switch
            label="Terminals ask for a tip"
            description="A payment can override this."
            {...form.getInputProps('asksForTips', { type: 'checkbox' })}
          />
          {form.getValues().asksForTips && (
            <TagsInput
              label="Tip choices in per cent"
              description="Whole numbers from 0 to 100, up to five."
              maxTags={5}
              {...form.getInputProps('percentages')}
            />
          )}
          <NumberInput
            label="Keep events, days"
            description="The event log and webhook deliveries. Payments are always kept."
            min={7}
            max={730}
            {...form.getInputProps('retentionDays')}
          />
          {mayChange && (
            <Group>
              <Button type="submit" loading={save.isPending} disabled={!form.isDirty()}>
                Save
              </Button>
            </Group>
          )}
        </Stack>
      </form>
    </Card>
  );
}
