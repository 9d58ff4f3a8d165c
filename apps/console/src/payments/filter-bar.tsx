import { Group, Select, TextInput } from '@mantine/core';
import { useDebouncedCallback } from '@mantine/hooks';
import { useEffect, useRef, useState } from 'react';
import { type PaymentFilter, paymentStatuses } from '../api/payments.js';
import { isDeviceCode } from './filter.js';
import { statusWords } from './status-badge.js';

const statuses = paymentStatuses.map((status) => ({ value: status, label: statusWords(status) }));

/** As wide as there is place for, on a phone all of it. */
const grows = { flex: '1 1 160px', maxWidth: 360 };
/** A pause in the typing before the list is asked for. */
const pauseMs = 250;

export function FilterBar(props: {
  readonly filter: PaymentFilter;
  readonly onChange: (change: Partial<PaymentFilter>) => void;
}) {
  const { filter, onChange } = props;
  return (
    <Group align="flex-start">
      <Select
        label="Status"
        placeholder="Any"
        style={grows}
        data={statuses}
        clearable
        clearButtonProps={{ 'aria-label': 'Any status' }}
        value={filter.status === '' ? null : filter.status}
        onChange={(status) => {
          onChange({ status: status ?? '' });
        }}
      />
      <Typed
        label="Device code"
        maxLength={4}
        error={isDeviceCode(filter.deviceCode) ? null : 'Four letters and digits'}
        value={filter.deviceCode}
        onChange={(deviceCode) => {
          onChange({ deviceCode });
        }}
      />
      <Typed
        label="Invoice number"
        maxLength={50}
        value={filter.invoiceNumber}
        onChange={(invoiceNumber) => {
          onChange({ invoiceNumber });
        }}
      />
    </Group>
  );
}

/** Says what was typed after a pause; follows a value that was changed elsewhere. */
function Typed(props: {
  readonly label: string;
  readonly maxLength: number;
  readonly value: string;
  readonly error?: string | null;
  readonly onChange: (text: string) => void;
}) {
  const { label, maxLength, value, error = null, onChange } = props;
  const [text, setText] = useState(value);
  const said = useRef(value);
  useEffect(() => {
    if (value === said.current) return;
    said.current = value;
    setText(value);
  }, [value]);
  const say = useDebouncedCallback((typed: string) => {
    said.current = typed;
    onChange(typed);
  }, pauseMs);
  return (
    <TextInput
      label={label}
      placeholder="Any"
      style={grows}
      maxLength={maxLength}
      value={text}
      error={error}
      onChange={({ currentTarget }) => {
        setText(currentTarget.value);
        say(currentTarget.value);
      }}
    />
  );
}
