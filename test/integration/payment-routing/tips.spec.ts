import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { aCaller, type Platform, startPlatform } from './support.js';
import { aResult, aTerminal } from './terminal.js';

describe('a tip', () => {
  let platform: Platform;
  beforeAll(async () => {
    platform = await startPlatform();
  });
  afterAll(() => platform.stop());

  it('that was offered and given is charged on top, and told apart', async () => {
    const terminal = await aTerminal(platform, aCaller());
    const id = await terminal.purchase({ tipping: { percentages: [15, 18, 20] } });
    expect(terminal.frames(id)).toMatchObject([{ amount: 1099, tipping: { percentages: [15, 18, 20] } }]);
    await terminal.begin(id, 1, 165);
    expect(terminal.frames(id).at(-1)).toMatchObject({ type: 'payment.proceed', amount: 1264 });
    await terminal.reports(aResult(id, { amount: 1264, tip: 165 }));
    expect((await terminal.get(`/v2/payments/${id}`)).json()).toMatchObject({
      ...{ status: 'approved', amount: 10.99, tipAmount: 1.65 },
      cardTransaction: { amount: 12.64, tipAmount: 1.65 },
    });
  });

  it('of a second attempt takes the place of the first one', async () => {
    const terminal = await aTerminal(platform, aCaller());
    const id = await terminal.purchase({ tipping: { percentages: [15] } });
    await terminal.begin(id, 1, 165);
    await terminal.notStarted(id, 1);
    await terminal.begin(id, 2, 0);
    expect(terminal.frames(id).at(-1)).toMatchObject({ type: 'payment.proceed', attempt: 2, amount: 1099 });
  });

  it.each([[false], [null], [undefined]])('is not taken where none was offered (%p)', async (tipping) => {
    const terminal = await aTerminal(platform, aCaller());
    const id = await terminal.purchase({ tipping });
    expect(terminal.frames(id)).toMatchObject([{ tipping: null }]);
    await terminal.begin(id, 1, 165);
    expect(terminal.frames(id).at(-1)).toMatchObject({ type: 'payment.proceed', amount: 1099 });
  });

  it('is offered as the account chose, unless the payment says otherwise', async () => {
    const paymentDefaults = { deliverWithin: 20, payWithin: 30, tipping: { percentages: [12] } };
    const terminal = await aTerminal(platform, aCaller({ paymentDefaults }));
    const id = await terminal.purchase();
    expect(terminal.frames(id)).toMatchObject([{ tipping: { percentages: [12] } }]);
    const [request] = terminal.frames(id) as { showBefore: string; payBefore: string }[];
    const times = [request?.showBefore, request?.payBefore].map(
      (time) => Date.parse(time ?? '') - Number(platform.clock.now()),
    );
    expect(times).toEqual([20_000, 50_000]);
    await terminal.cancelled(id);
    const none = await terminal.purchase({ tipping: false });
    expect(terminal.frames(none)).toMatchObject([{ tipping: null }]);
  });

  it.each([
    true,
    15,
    '15%',
    [],
    {},
    { percentages: [] },
    { percentages: 15 },
    { percentages: [15.5] },
    { percentages: [-1] },
    { percentages: [101] },
    { percentages: ['15'] },
    { percentages: [1, 2, 3, 4, 5, 6] },
  ])('offered as %j is refused', async (tipping) => {
    const terminal = await aTerminal(platform, aCaller());
    const answer = await terminal.post({ currency: 'CAD', transactionAmount: 1, tipping });
    expect([answer.statusCode, answer.json<{ fields: string[] }>().fields]).toEqual([400, ['tipping']]);
  });
});
