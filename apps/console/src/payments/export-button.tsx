import { Button } from '@mantine/core';
import { notifications } from '@mantine/notifications';
import { IconDownload } from '@tabler/icons-react';
import { useMutation } from '@tanstack/react-query';
import { useState } from 'react';
import { ApiError } from '../api/client.js';
import { mostPayments, type Payment, type PaymentFilter, type PaymentPage, readPayments } from '../api/payments.js';
import { csvOf } from './csv.js';

/** At most 300 calls a minute. */
const betweenPagesMs = 200;

/** Everything that matches, page by page, as a file. */
export function ExportButton({ filter }: { readonly filter: PaymentFilter }) {
  const [read, setRead] = useState(0);
  const collect = useMutation({
    mutationFn: async () => {
      const payments: Payment[] = [];
      for (let after: string | null = null, begun = false; !begun || after !== null; begun = true) {
        const page: PaymentPage = await patiently(() => readPayments(filter, after, undefined, mostPayments));
        payments.push(...page.data);
        setRead(payments.length);
        after = page.next;
      }
      return payments;
    },
    onSuccess: (payments) => {
      save('payments.csv', csvOf(payments));
    },
    onError: ({ message }) => notifications.show({ message, color: 'red' }),
  });
  return (
    <Button
      variant="default"
      leftSection={<IconDownload size={16} aria-hidden />}
      disabled={collect.isPending}
      onClick={() => {
        collect.mutate();
      }}
    >
      {collect.isPending ? `${read} read …` : 'Export CSV'}
    </Button>
  );
}

/** An export leaves most of the user's calls to the pages beside it, and waits when they are used up. */
async function patiently<Answer>(read: () => Promise<Answer>): Promise<Answer> {
  for (;;) {
    try {
      await pause(betweenPagesMs);
      return await read();
    } catch (error) {
      if (!(error instanceof ApiError) || error.status !== 429 || error.retryAfter === null) throw error;
      await pause(error.retryAfter * 1_000);
    }
  }
}

const pause = (ms: number) => new Promise((resolve) => setTimeout(resolve, ms));

function save(name: string, text: string): void {
  const url = URL.createObjectURL(new Blob([text], { type: 'text/csv;charset=utf-8' }));
  const link = Object.assign(document.createElement('a'), { href: url, download: name });
  link.click();
  URL.revokeObjectURL(url);
}
