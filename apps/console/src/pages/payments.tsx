import { useNavigate, useSearch } from '@tanstack/react-router';
import { everyPayment, type PaymentFilter } from '../api/payments.js';
import { Page } from '../parts/page.js';
import { ExportButton } from '../payments/export-button.js';
import { isDeviceCode, searchedFilter, shortened } from '../payments/filter.js';
import { FilterBar } from '../payments/filter-bar.js';
import { PaymentList } from '../payments/payment-list.js';

export function Payments() {
  const filter: PaymentFilter = { ...everyPayment, ...searchedFilter(useSearch({ strict: false })) };
  const isWhole = isDeviceCode(filter.deviceCode);
  const navigate = useNavigate();
  return (
    <Page
      title="Payments"
      text="Every payment of this account, the newest first. The list follows what happens."
      actions={isWhole && <ExportButton filter={filter} />}
    >
      <FilterBar
        filter={filter}
        onChange={(change) => {
          void navigate({ to: '/payments', search: shortened({ ...filter, ...change }), replace: true });
        }}
      />
      {isWhole && <PaymentList filter={filter} />}
    </Page>
  );
}
