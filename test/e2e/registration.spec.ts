import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { PlatformRefusal } from '#terminal-sdk';
import { untilState } from '#terminal-sdk/node';
import { eventually } from '../support/eventually.js';
import { modes } from '../support/platform.js';
import { becomeListening, customerWhoPays, errorOf, type Merchant, World } from '../support/world.js';

const refusalOf = async (work: Promise<unknown>): Promise<PlatformRefusal> => {
  const error = await work.then(
    () => undefined,
    (reason: unknown) => reason,
  );
  if (error instanceof PlatformRefusal) return error;
  throw new Error('the platform did not refuse');
};

interface Device {
  readonly code: string;
  readonly serialNumber: string;
  readonly status: string;
  readonly listening: boolean;
}

describe.each(modes)('registration, %s', (mode) => {
  let world: World;

  beforeAll(async () => {
    world = await World.start(mode);
  });

  afterAll(async () => {
    await world.stop();
  });

  const devicesOf = async ({ token }: Merchant): Promise<Device[]> =>
    (await world.call('GET', '/v2/devices', { token })).body as Device[];

  const deviceOf = async ({ token }: Merchant, code: string): Promise<Device> =>
    (await world.call('GET', `/v2/devices/${code}`, { token })).body as Device;

  const apiMode = (method: string, as: { token?: string; cookie?: string }, enabled?: boolean) =>
    world.call(method, '/v2/settings/api-mode', { ...as, ...(enabled === undefined ? {} : { body: { enabled } }) });

  it('R1 API mode is a setting of the account, off at first; an administrator turns it on, staff and a wrong token cannot', async () => {
    const merchant = await world.merchant({ apiMode: false });
    const { token } = merchant;
    expect((await apiMode('GET', { token })).body).toEqual({ enabled: false, changedAt: null });

    const staff = await world.cookieOf(merchant.staff);
    expect(errorOf(await apiMode('PUT', { cookie: staff }, true))).toMatchObject({ status: 403, code: 'forbidden' });
    expect(errorOf(await apiMode('PUT', { token: `${token}x` }, true))).toMatchObject({ status: 403 });
    expect(errorOf(await apiMode('PUT', {}, true))).toMatchObject({ status: 401, code: 'unauthenticated' });
    const reading = await world.token(merchant.accountId, { general: 'write', settings: 'read', processing: 'admin' });
    expect(errorOf(await apiMode('PUT', { token: reading }, true))).toMatchObject({ status: 403 });
    expect((await apiMode('GET', { token })).body).toMatchObject({ enabled: false });

    const administrator = await world.cookieOf(merchant.administrator);
    expect((await apiMode('PUT', { cookie: administrator }, true)).body).toMatchObject({ enabled: true });
    expect((await apiMode('PUT', { token }, false)).body).toMatchObject({ enabled: false });
    expect((await apiMode('PUT', { token }, true)).status).toBe(200);
    expect((await apiMode('GET', { token })).body).toMatchObject({ enabled: true });
  });

  it('R2 a device that logs in while API mode is on is registered by itself', async () => {
    const merchant = await world.merchant();
    const { terminal, serialNumber } = await world.loggedInTerminal(merchant);
    const { code } = await untilState(terminal, 'it has a code', (state) => state.code !== null);
    expect(await devicesOf(merchant)).toMatchObject([{ code, serialNumber }]);
  });

  it('R3 a device that was logged in before API mode goes on in standalone mode until it logs out and in again', async () => {
    const merchant = await world.merchant({ apiMode: false });
    const { terminal } = await world.loggedInTerminal(merchant);
    expect(terminal.state).toMatchObject({ screen: 'standalone', mode: 'standalone', code: null });
    await world.setApiMode(merchant.accountId, true);

    const { terminal: other } = await world.loggedInTerminal(merchant);
    await untilState(other, 'a device that logs in later has a code', (state) => state.code !== null);
    expect(terminal.state).toMatchObject({ screen: 'standalone', connected: false, code: null });
    expect(await devicesOf(merchant)).toHaveLength(1);

    await terminal.logOut();
    await terminal.logIn({ pin: merchant.administrator.pin });
    await untilState(terminal, 'it has a code', (state) => state.code !== null);
    expect(await devicesOf(merchant)).toHaveLength(2);
  });

  it('R4 log-in works with a PIN and with e-mail and password; wrong ones are refused, counted, and lock', async () => {
    const merchant = await world.merchant();
    const { terminal } = await world.boundTerminal(merchant);
    const { email, password, pin } = merchant.staff;
    await terminal.logIn({ email, password });
    expect(terminal.state.userName).toBe('Stan');
    await terminal.logOut();
    await terminal.logIn({ pin });
    await terminal.logOut();

    for (let i = 0; i < 5; i += 1) {
      const wrong = i === 0 ? { pin: '0000' } : { pin: `000${i}` };
      expect(await refusalOf(terminal.logIn(wrong))).toMatchObject({ status: 401, code: 'invalid_credentials' });
    }
    const locked = await refusalOf(terminal.logIn({ pin }));
    expect(locked).toMatchObject({ status: 423, code: 'locked_out' });
    expect(locked.retryAfterSeconds).toBeGreaterThan(0);

    const { terminal: other } = await world.boundTerminal(merchant);
    expect(await refusalOf(other.logIn({ email, password: `${password}x` }))).toMatchObject({
      code: 'invalid_credentials',
    });
    await other.logIn({ pin });
    expect(other.state.userName).toBe('Stan');
  });

  it('R5 the platform assigns a unique code of four characters, and the terminal shows it as long as it is in API mode', async () => {
    const merchant = await world.merchant();
    const terminals = await Promise.all(Array.from({ length: 8 }, () => world.loggedInTerminal(merchant)));
    const codes = await Promise.all(
      terminals.map(async ({ terminal }) => {
        const { code } = await untilState(terminal, 'the code is shown', ({ screen }) => screen === 'code');
        await becomeListening(terminal);
        expect(terminal.state).toMatchObject({ screen: 'ready', code });
        return code ?? '';
      }),
    );
    expect(new Set(codes).size).toBe(8);
    for (const code of codes) expect(code).toMatch(/^[2-9BCDFGHJKMNPQRSTVWXYZ]{4}$/);
  });

  it('R6 the code stays the same over log-out and log-in, power-off and reconnects; two devices never hold one', async () => {
    const merchant = await world.merchant();
    const [first, second] = await Promise.all([world.listeningTerminal(merchant), world.listeningTerminal(merchant)]);
    expect(first.code).not.toBe(second.code);

    await first.terminal.logOut();
    await first.terminal.logIn({ pin: merchant.staff.pin });
    await untilState(first.terminal, 'it listens again', (state) => state.listening);
    expect(first.terminal.state.code).toBe(first.code);

    first.terminal.dropLink();
    await untilState(first.terminal, 'the link is gone', (state) => !state.connected);
    await untilState(first.terminal, 'it listens again', (state) => state.listening);
    expect(first.terminal.state.code).toBe(first.code);

    first.terminal.stop();
    const again = await world.newTerminal({ home: first.home, serialNumber: first.serialNumber });
    await untilState(again.terminal, 'it listens after power-off', (state) => state.listening);
    expect(again.terminal.state.code).toBe(first.code);
    expect((await devicesOf(merchant)).map((device) => device.code).sort()).toEqual([first.code, second.code].sort());
  });

  it('R7 before its connection a device is not listening; payments also wait for Continue, pings do not', async () => {
    const merchant = await world.merchant();
    const { token } = merchant;
    const { terminal, home, serialNumber } = await world.loggedInTerminal(merchant);
    const { code } = await untilState(terminal, 'it is connected', (state) => state.connected && state.code !== null);
    if (code === null) throw new Error('no code');
    await eventually('the platform knows the connection', async () => {
      expect((await world.call('GET', `/v2/devices/${code}/ping`, { token })).status).toBe(202);
    });
    const refused = await eventually('payments know the device, too', async () => {
      const answer = await world.purchaseNow(token, code);
      return answer.status === 404 ? false : answer;
    });
    expect(errorOf(refused)).toEqual({
      status: 409,
      code: 'device_not_listening',
      errors: ['Device Not Listening'],
    });

    terminal.stop();
    await eventually('the device is not listening', async () => {
      expect(errorOf(await world.call('GET', `/v2/devices/${code}/ping`, { token })).errors).toEqual([
        'Device Not Listening',
      ]);
    });
    expect(errorOf(await world.purchaseNow(token, code)).code).toBe('device_not_listening');

    const { terminal: again } = await world.newTerminal({ home, serialNumber });
    await becomeListening(again);
    await eventually('a payment is accepted', async () => {
      expect((await world.purchaseNow(token, code)).status).toBe(202);
    });
  });

  it('R8 the code tells which device a request is for; an unknown code and one of another account get the same 404', async () => {
    const [merchant, stranger] = await Promise.all([world.merchant(), world.merchant()]);
    const [one, other] = await Promise.all([world.listeningTerminal(merchant), world.listeningTerminal(merchant)]);
    customerWhoPays(one.terminal);
    const paid = await world.purchase(merchant.token, one.code.toLowerCase(), 5, { prefer: 'wait=20' });
    expect(paid).toMatchObject({ status: 200, body: { status: 'approved', deviceCode: one.code } });
    expect(other.terminal.state.payment).toBeNull();

    const withoutId = ({ status, body }: { status: number; body: unknown }) => ({
      status,
      body: { ...(body as object), requestId: '' },
    });
    const calls = [
      (code: string) => world.purchase(stranger.token, code),
      (code: string) => world.call('GET', `/v2/devices/${code}`, { token: stranger.token }),
      (code: string) => world.call('GET', `/v2/devices/${code}/ping`, { token: stranger.token }),
    ];
    for (const call of calls) {
      const foreign = await call(one.code);
      const unknown = await call('2222');
      expect(errorOf(foreign)).toEqual({ status: 404, code: 'device_not_found', errors: ['Device Not Found'] });
      expect(withoutId(foreign)).toEqual(withoutId(unknown));
    }
  });

  it('R9 ping shows a message on that one terminal and on no other', async () => {
    const merchant = await world.merchant();
    const [one, other] = await Promise.all([world.listeningTerminal(merchant), world.listeningTerminal(merchant)]);
    const answer = await world.call('GET', `/v2/devices/${one.code}/ping`, { token: merchant.token });
    expect(answer).toMatchObject({ status: 202, body: undefined });
    const { ping } = await untilState(one.terminal, 'the ping is shown', (state) => state.ping !== null);
    expect(ping?.message).not.toBe('');
    await world.call('GET', `/v2/devices/${one.code}/ping`, { token: merchant.token });
    expect(other.terminal.state.ping).toBeNull();
  });

  it.each([
    ['before', false],
    ['after', true],
  ])(
    'R10 a terminal whose set-up is not complete cannot log in and is led through it, API mode turned on %s',
    async (_, later) => {
      const merchant = await world.merchant({ apiMode: !later });
      const { terminal } = await world.newTerminal();
      expect(terminal.state).toMatchObject({ screen: 'setup', missingSteps: ['network', 'app', 'account'] });
      const missingAtLogIn = async (): Promise<unknown> => {
        const refusal = await refusalOf(terminal.logIn({ pin: merchant.administrator.pin }));
        expect(refusal).toMatchObject({ status: 409, code: 'setup_required' });
        expect(terminal.state.screen).toBe('setup');
        return refusal.details.missing;
      };
      await terminal.setUp.register();
      expect(await missingAtLogIn()).toEqual(['network', 'app', 'account']);
      await terminal.setUp.checkNetwork();
      expect(await missingAtLogIn()).toEqual(['app', 'account']);
      await terminal.setUp.installApp();
      expect(await missingAtLogIn()).toEqual(['account']);
      expect(await refusalOf(terminal.setUp.bindToAccount(merchant.staff))).toMatchObject({ status: 403 });
      if (later) await world.setApiMode(merchant.accountId, true);
      await terminal.setUp.bindToAccount(merchant.administrator);
      expect(terminal.state.screen).toBe('log_in');
      await terminal.logIn({ pin: merchant.administrator.pin });
      await becomeListening(terminal);

      const bought = await world.newTerminal();
      expect(bought.terminal.state.screen).toBe('setup');
      await bought.terminal.setUp.complete(merchant.administrator);
      await bought.terminal.logIn({ pin: merchant.administrator.pin });
      await becomeListening(bought.terminal);
    },
  );

  it('R11 logging out ends the session: log-out screen, connection closed, not listening, code kept', async () => {
    const merchant = await world.merchant();
    const { terminal, code } = await world.listeningTerminal(merchant);
    await terminal.logOut();
    expect(terminal.state).toMatchObject({ screen: 'logged_out', connected: false, listening: false });
    await eventually('the device does not listen', async () => {
      expect(await deviceOf(merchant, code)).toMatchObject({ code, status: 'offline', listening: false });
    });
    await eventually('a payment is refused', async () => {
      expect(errorOf(await world.purchaseNow(merchant.token, code)).code).toBe('device_not_listening');
    });

    await terminal.logIn({ pin: merchant.administrator.pin });
    await untilState(terminal, 'it goes straight to ready', (state) => state.listening);
    expect(terminal.state.code).toBe(code);
  });

  it('R12 turning API mode off: payments get 409 at once, devices leave at their next log-in; off and on before that changes nothing', async () => {
    const merchant = await world.merchant();
    const { terminal, code } = await world.listeningTerminal(merchant);
    customerWhoPays(terminal);
    const cookie = await world.cookieOf(merchant.administrator);
    const pay = () => world.purchase(merchant.token, code, 1, { prefer: 'wait=20' });
    await eventually('the platform knows that it listens', async () => {
      expect(await deviceOf(merchant, code)).toMatchObject({ listening: true });
    });

    await apiMode('PUT', { cookie }, false);
    expect(errorOf(await pay())).toEqual({ status: 409, code: 'api_mode_off', errors: ['API Mode Off'] });
    expect(terminal.state).toMatchObject({ mode: 'api', connected: true, code });
    await apiMode('PUT', { cookie }, true);
    expect(await pay()).toMatchObject({ status: 200, body: { status: 'approved' } });

    await apiMode('PUT', { cookie }, false);
    await terminal.logOut();
    await terminal.logIn({ pin: merchant.administrator.pin });
    expect(terminal.state).toMatchObject({ screen: 'standalone', mode: 'standalone', connected: false });
    expect(errorOf(await pay()).code).toBe('api_mode_off');
  });

  it('a log-out while offline: the next log-in ends the old session, and the code stays', async () => {
    const merchant = await world.merchant();
    const { terminal, home, serialNumber, code } = await world.listeningTerminal(merchant);
    terminal.stop();
    const { terminal: again } = await world.newTerminal({ home, serialNumber });
    await again.logIn({ pin: merchant.staff.pin });
    await untilState(again, 'the new session listens', (state) => state.listening && state.userName === 'Stan');
    expect(again.state.code).toBe(code);
    expect(await devicesOf(merchant)).toMatchObject([{ code, serialNumber }]);
  });
});
