import { join } from 'node:path';
import { type Acquirer, type Journal, type JournalRecord, type Socket, Terminal, testCards } from '#terminal-sdk';
import { FileJournal, FileStore, nodeSocket, untilState } from '#terminal-sdk/node';
import { eventually } from '../support/eventually.js';
import type { Merchant, World } from '../support/world.js';

export interface Trouble {
  /** Every frame to the platform is sent so often. */
  readonly copies?: number;
  /** The share of frames to the platform after which the link is cut. */
  readonly cut?: number;
  /** The power goes at this stage of the journal, before or after it was written; each payment once. */
  readonly powerCut?: { readonly stage: JournalRecord['stage']; readonly when: 'before' | 'after' };
}

/** A terminal with a customer who pays whatever is shown, and with trouble. It is switched on again after each power cut. */
export class ShakyTerminal {
  private terminal: Terminal | undefined;
  private readonly cutAlready = new Set<string>();
  private over = false;
  trouble: Trouble = {};

  private constructor(
    private readonly world: World,
    private readonly home: string,
    private readonly serialNumber: string,
    private readonly acquirer: Acquirer,
  ) {}

  static async start(world: World, merchant: Merchant, name: string, acquirer: Acquirer): Promise<ShakyTerminal> {
    const made = new ShakyTerminal(world, join(world.platform.folder, name), `SHAKY-${name.toUpperCase()}`, acquirer);
    await made.switchOn();
    await made.now.setUp.complete(merchant.administrator);
    await made.now.logIn({ pin: merchant.administrator.pin });
    await untilState(made.now, 'it is connected', (state) => state.connected && state.code !== null);
    made.now.pressContinue();
    await made.untilListening();
    return made;
  }

  get now(): Terminal {
    if (!this.terminal) throw new Error('the terminal is switched off');
    return this.terminal;
  }

  get code(): string {
    return this.now.state.code ?? '';
  }

  async untilListening(): Promise<void> {
    // Whichever terminal it is by then: a power cut makes another.
    await eventually('it listens', () => this.now.state.listening, 40_000);
  }

  switchOff(): void {
    this.over = true;
    this.terminal?.stop();
  }

  async reboot(): Promise<void> {
    this.terminal?.stop();
    await this.switchOn();
  }

  private async switchOn(): Promise<void> {
    const terminal = await Terminal.start({
      url: this.world.platform.url,
      serialNumber: this.serialNumber,
      model: 'Shaky',
      appVersion: '1.0.0',
      store: new FileStore(this.home),
      journal: this.journal(new FileJournal(join(this.home, 'journal.log'))),
      acquirer: this.acquirer,
      socket: (url, subProtocol) => this.shaky(nodeSocket(url, subProtocol)),
      random: () => Math.random() * 0.1,
    });
    this.terminal = terminal;
    terminal.subscribe((state) => {
      if (state.payment && state.screen === 'payment' && state.connected) tap(terminal, state.payment.paymentId);
    });
  }

  private powerGoes(record: JournalRecord, when: 'before' | 'after'): boolean {
    const { powerCut } = this.trouble;
    const place = `${record.paymentId} ${record.stage} ${when}`;
    if (powerCut?.stage !== record.stage || powerCut.when !== when || this.cutAlready.has(place)) return false;
    this.cutAlready.add(place);
    this.terminal?.stop();
    setTimeout(() => {
      if (!this.over) void this.switchOn();
    }, 200);
    return true;
  }

  private journal(real: FileJournal): Journal {
    return {
      read: () => real.read(),
      close: () => real.close(),
      append: async (record) => {
        // What was never written down: the power went first, and nothing after it happens.
        if (this.powerGoes(record, 'before')) return new Promise<void>(() => undefined);
        await real.append(record);
        if (this.powerGoes(record, 'after')) return new Promise<void>(() => undefined);
      },
    };
  }

  private shaky(socket: Socket): Socket {
    const send = socket.send.bind(socket);
    socket.send = (text: string): void => {
      const { copies = 1, cut = 0 } = this.trouble;
      const isMoney = text.includes('"payment.');
      for (let copy = 0; copy < (isMoney ? copies : 1); copy += 1) send(text);
      if (isMoney && Math.random() < cut) socket.close(4000);
    };
    return socket;
  }
}

const tap = (terminal: Terminal, paymentId: string): void =>
  void terminal.presentCard({ paymentId, card: testCards.visa, entryMode: 'tap' });
