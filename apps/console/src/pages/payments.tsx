import { useNavigate, useSearch } from '@tanstack/react-router';
import { everyPayment, type PaymentFilter } from '../api/payments.js';
import { Page } from '../parts/page.js';
import { ExportButton } from '../payments/export-button.js';
import { searchedFilter, shortened } from '../payments/filter.js';
import { FilterBar } from '../payments/filter-bar.js';
import { PaymentList } from '../payments/payment-list.js';

/** Anything else is no device code, and the platform would refuse it. */
const code = /^[0-9A-Za-z]{4}$/;

export function Payments() {
  const filter: PaymentFilter = { ...everyPayment, ...searchedFilter(useSearch({ strict: false })) };
  const usable = { ...filter, deviceCode: code.test(filter.deviceCode) ? filter.deviceCode : '' };
  const navigate = useNavigate();
  return (
    <Page
      title="Payments"
      text="Every payment of this account, the newest first. The list follows what happens."
      actions={<ExportButton filter={usable} />}
    >
      <FilterBar
        filter={filter}
        onChange={(change) => {
          void navigate({ to: '/payments', search: shortened({ ...filter, ...change }), replace: true });
        }}
      />
      <PaymentList filter={usable} />
    </Page>
  );
}
