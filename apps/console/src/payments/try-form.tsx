import { Button, NumberInput, Select, Stack, TagsInput, TextInput } from '@mantine/core';
import type { useForm } from '@mantine/form';
import type { Device } from '../api/devices.js';
import { Refused } from '../parts/refused.js';

export interface Wanted {
  readonly code: string;
  readonly amount: number;
  readonly description: string;
  readonly invoiceNumber: string;
  readonly tips: string[];
}

/** What a point of sale would choose. */
export function TryForm(props: {
  readonly form: Pick<ReturnType<typeof useForm<Wanted>>, 'getInputProps' | 'onSubmit'>;
  /** Null: the code is typed. */
  readonly devices: readonly Device[] | null;
  readonly currency: string;
  readonly busy: boolean;
  readonly error: Error | null;
  readonly onSend: () => void;
}) {
  const { form, devices, currency, busy, error, onSend } = props;
  return (
    <form onSubmit={form.onSubmit(onSend)}>
      <Stack>
        <Refused error={error} />
        {devices ? (
          <Select
            label="Terminal"
            data={choicesOf(devices)}
            allowDeselect={false}
            required
            {...form.getInputProps('code')}
          />
        ) : (
          <TextInput
            label="Terminal"
            description="The four characters on its screen."
            pattern="[0-9A-Za-z]{4}"
            title="Four letters and digits"
            maxLength={4}
            required
            {...form.getInputProps('code')}
          />
        )}
        <NumberInput
          label={`Amount in ${currency}`}
          description="With the test acquirer cents up to .50 are approved, others declined."
          min={0.01}
          max={999_999_999}
          decimalScale={2}
          fixedDecimalScale
          required
          {...form.getInputProps('amount')}
        />
        <TextInput label="Shown to the customer" maxLength={80} {...form.getInputProps('description')} />
        <TextInput
          label="Invoice number"
          description="Left empty, the platform makes one."
          maxLength={50}
          {...form.getInputProps('invoiceNumber')}
        />
        <TagsInput
          label="Tip choices in per cent"
          description="Up to five, such as 15, 18, 20. Left empty, the account's own setting counts."
          maxTags={5}
          {...form.getInputProps('tips')}
        />
        <Button type="submit" loading={busy}>
          Send it to the terminal
        </Button>
      </Stack>
    </form>
  );
}

const choicesOf = (devices: readonly Device[]) =>
  devices.map(({ code, name, listening }) => ({
    value: code,
    label: `${code}${name === null ? '' : ` · ${name}`}${listening ? '' : ' (not ready)'}`,
  }));
