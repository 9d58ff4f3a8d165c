import '@mantine/charts/styles.css';
import { BarChart } from '@mantine/charts';
import type { Hour } from '../api/overview.js';

/** Payments by hour and how they ended. Loaded when it is needed: charts are heavy. */
export function DayChart({ hours }: { readonly hours: readonly Hour[] }) {
  return (
    <BarChart
      h={220}
      data={hours.map(({ hour, approved, declined, other }) => ({
        hour: `${String(hour).padStart(2, '0')}:00`,
        Approved: approved,
        Declined: declined,
        Other: other,
      }))}
      dataKey="hour"
      type="stacked"
      withLegend
      tickLine="y"
      xAxisProps={{ interval: 2 }}
      yAxisProps={{ allowDecimals: false, width: 32 }}
      series={[
        { name: 'Approved', color: 'tillgate.6' },
        { name: 'Declined', color: 'orange.8' },
        { name: 'Other', color: 'gray.6' },
      ]}
    />
  );
}
