import { Group, Select, TextInput } from '@mantine/core';
import { useDebouncedValue } from '@mantine/hooks';
import { useState } from 'react';
import { everyPayment, type PaymentFilter, paymentStatuses } from '../api/payments.js';
import { Page } from '../parts/page.js';
import { ExportButton } from '../payments/export-button.js';
import { PaymentList } from '../payments/payment-list.js';
import { statusWords } from '../payments/status-badge.js';

const statuses = paymentStatuses.map((status) => ({ value: status, label: statusWords(status) }));
/** Anything else is no device code, and the platform would refuse it. */
const code = /^[0-9A-Za-z]{4}$/;

export function Payments() {
  const [filter, setFilter] = useState<PaymentFilter>(everyPayment);
  const [asked] = useDebouncedValue(filter, 250);
  const usable = { ...asked, deviceCode: code.test(asked.deviceCode) ? asked.deviceCode : '' };
  const set = (change: Partial<PaymentFilter>): void => {
    setFilter({ ...filter, ...change });
  };
  return (
    <Page
      title="Payments"
      text="Every payment of this account, the newest first. The list follows what happens."
      actions={<ExportButton filter={usable} />}
    >
      <Group align="flex-end">
        <Select
          label="Status"
          placeholder="Any"
          data={statuses}
          clearable
          value={filter.status === '' ? null : filter.status}
          onChange={(status) => {
            set({ status: status ?? '' });
          }}
        />
        <TextInput
          label="Device code"
          placeholder="Any"
          maxLength={4}
          value={filter.deviceCode}
          onChange={(event) => {
            set({ deviceCode: event.currentTarget.value });
          }}
        />
        <TextInput
          label="Invoice number"
          placeholder="Any"
          maxLength={50}
          value={filter.invoiceNumber}
          onChange={(event) => {
            set({ invoiceNumber: event.currentTarget.value });
          }}
        />
      </Group>
      <PaymentList filter={usable} />
    </Page>
  );
}
