import { expect } from '@jest/globals';
import { eventually } from '../support/eventually.js';
import type { Merchant, World } from '../support/world.js';
import type { Ledger } from './ledger.js';

export interface SeenPayment {
  readonly id: string;
  readonly status: string;
  readonly amount: number;
  readonly tipAmount: number;
}

const final = ['approved', 'declined', 'cancelled', 'not_delivered', 'abandoned', 'failed'];
const keyOf = (id: string): string => `tg-${id.replaceAll('-', '')}`;

/** Reads only what outsiders can see, and counts what must never be. */
export async function check(
  world: World,
  merchant: Merchant,
  ledger: Ledger,
  acked: readonly string[],
  withinMs = 45_000,
) {
  const read = async (id: string): Promise<SeenPayment | undefined> => {
    const { status, body } = await world.call('GET', `/v2/payments/${id}`, { token: merchant.token });
    if (status !== 200 && status !== 404) throw new Error(`a payment could not be read: ${status}`);
    return status === 200 ? (body as SeenPayment) : undefined;
  };
  const payments = await eventually(
    'every payment that was answered with 202 has ended',
    async () => {
      const seen = await Promise.all(acked.map(read));
      const open = seen.filter((payment) => payment && !final.includes(payment.status));
      if (open.length > 0) throw new Error(`still ${open.map((payment) => payment?.status ?? '').join(', ')}`);
      return seen;
    },
    withinMs,
  );
  const charges = await ledger.approved();
  const known = new Set(acked.map(keyOf));
  const counted = {
    acked: acked.length,
    lost: payments.filter((payment) => payment === undefined).length,
    doubleCharged: [...charges.values()].filter((of) => of.length > 1).length,
    phantom: [...charges.keys()].filter((key) => !known.has(key)).length,
    approvedNotCharged: 0,
    chargedNotApproved: 0,
    wrongAmount: 0,
  };
  for (const payment of payments) {
    if (!payment) continue;
    const charge = charges.get(keyOf(payment.id))?.[0];
    if (payment.status === 'approved' && !charge) counted.approvedNotCharged += 1;
    if (payment.status !== 'approved' && charge) counted.chargedNotApproved += 1;
    if (charge && charge.amount !== Math.round((payment.amount + payment.tipAmount) * 100)) counted.wrongAmount += 1;
  }
  const nothing = {
    lost: 0,
    doubleCharged: 0,
    phantom: 0,
    approvedNotCharged: 0,
    chargedNotApproved: 0,
    wrongAmount: 0,
  };
  expect(counted).toEqual({ acked: acked.length, ...nothing });
  return { approved: payments.filter((payment) => payment?.status === 'approved').length, payments };
}
