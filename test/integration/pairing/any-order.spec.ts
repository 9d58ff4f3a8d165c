import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import type { DomainEvent } from '#contracts';
import { alive, ATerminal } from './a-terminal.js';
import { type Pairing, startPairing } from './support.js';

/** The life of a device up to its second session, each event a second after the one before. */
function aLife({ clock }: Pairing) {
  const terminal = new ATerminal(clock);
  const steps: (() => DomainEvent)[] = [
    () => terminal.setUp(),
    () => terminal.loggedIn(),
    () => terminal.connected('node-1'),
    () => terminal.status('code', 70),
    () => terminal.continued(),
    () => terminal.connected('node-2', '1.5.0'),
    () => terminal.disconnected(),
    () => terminal.loggedOut(),
    () => terminal.loggedIn(),
    () => terminal.connected('node-1', '1.6.0'),
    () => terminal.status('ready', 60),
    () => terminal.lock(),
    () => terminal.unlock(),
  ];
  const events = steps.map((step) => {
    clock.forward({ seconds: 1 });
    return step();
  });
  return { terminal, events };
}

describe('the events of a device in any order', () => {
  let pairing: Pairing;
  beforeAll(async () => {
    pairing = await startPairing();
    await pairing.tell(alive(pairing.clock, 'node-1'));
  });
  afterAll(() => pairing.stop());

  const stateOf = async ({ deviceId, live }: ATerminal) => {
    const [row] = await pairing.database.dataSource.query<[Record<string, unknown>]>(
      `SELECT length(device.code) AS code, continued, registry_sequence, device.session_number, locked, connected, listening,
              connection_id, connection_since, screen, battery, status.app_version
         FROM pairing.device JOIN pairing.status ON device_id = id WHERE id = $1`,
      [deviceId],
    );
    return { ...row, connection_id: row.connection_id === live.connectionId };
  };
  const asItIs = {
    ...{ code: 4, continued: true, registry_sequence: 6, session_number: 2, locked: false, connected: true },
    ...{ listening: true, connection_id: true, screen: 'ready', battery: 60, app_version: '1.6.0' },
  };

  it('lead to the same state, some told twice', async () => {
    const steps = [...aLife(pairing).events.keys()];
    const orders = fc.array(fc.constantFrom(...steps), { maxLength: 4 }).chain((again) => {
      const told = [...steps, ...again];
      return fc.shuffledSubarray(told, { minLength: told.length });
    });
    await fc.assert(
      fc.asyncProperty(orders, async (order) => {
        const { terminal, events } = aLife(pairing);
        await pairing.tell(...order.flatMap((index) => events[index] ?? []));
        expect(await stateOf(terminal)).toMatchObject(asItIs);
      }),
      { numRuns: 60 },
    );
  });

  it('lead to the same state when they are told all at once, and number what is said without gaps', async () => {
    for (let run = 0; run < 10; run += 1) {
      const { terminal, events } = aLife(pairing);
      await Promise.all([...events, ...events].map((event) => pairing.tell(event)));
      expect(await stateOf(terminal)).toMatchObject(asItIs);
      const said = pairing.events.of(terminal.deviceId);
      const numbers = said.map(({ sequence }) => sequence ?? 0).sort((one, other) => one - other);
      expect(numbers).toEqual(numbers.map((_, index) => index + 1));
      const last = said.find(({ name, sequence }) => name === 'DeviceListeningChanged' && sequence === lastOf(said));
      expect(last?.data).toMatchObject({ listening: true, connectionId: terminal.live.connectionId });
    }
  });
});

const lastOf = (said: readonly DomainEvent[]): number =>
  Math.max(...said.filter(({ name }) => name === 'DeviceListeningChanged').map(({ sequence }) => sequence ?? 0));
