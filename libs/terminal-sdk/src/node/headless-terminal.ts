import { join } from 'node:path';
import { WebSocket } from 'ws';
import type { Acquirer } from '../acquirer/acquirer.js';
import { TestAcquirer } from '../acquirer/test-acquirer.js';
import type { Socket } from '../platform/link.js';
import { Terminal } from '../terminal.js';
import type { TerminalState } from '../terminal-state.js';
import { FileAnswers } from './file-answers.js';
import { FileJournal } from './file-journal.js';
import { FileStore } from './file-store.js';

export interface HeadlessOptions {
  /** The platform's address. */
  readonly url: string;
  /** Where this terminal keeps its key, session and journal. The same folder is the same terminal. */
  readonly home: string;
  readonly serialNumber: string;
  readonly acquirer?: Acquirer;
  readonly random?: () => number;
}

/** Both behave alike in all that a terminal needs; only the types of the events differ. */
export const nodeSocket = (url: string, subProtocol: string): Socket =>
  new WebSocket(url, subProtocol, { perMessageDeflate: false, maxPayload: 64 * 1024 }) as unknown as Socket;

/** A terminal for Node, with everything in files. */
export function headlessTerminal({ url, home, serialNumber, acquirer, random }: HeadlessOptions): Promise<Terminal> {
  return Terminal.start({
    url,
    serialNumber,
    model: 'Tillgate Virtual',
    appVersion: '1.0.0',
    store: new FileStore(home),
    journal: new FileJournal(join(home, 'journal.log')),
    acquirer: acquirer ?? new TestAcquirer(new FileAnswers(join(home, 'acquirer'))),
    socket: nodeSocket,
    ...(random ? { random } : {}),
  });
}

/** Resolves with the first state, from now on, for which `condition` holds; rejects after `withinMs` with the last screen. */
export function untilState(
  terminal: Terminal,
  what: string,
  condition: (state: TerminalState) => boolean,
  withinMs = 20_000,
): Promise<TerminalState> {
  if (condition(terminal.state)) return Promise.resolve(terminal.state);
  return new Promise((resolve, reject) => {
    const late = setTimeout(() => {
      end();
      reject(new Error(`waited ${withinMs} ms for: ${what}; the screen shows ${terminal.state.screen}`));
    }, withinMs);
    const end = terminal.subscribe((state) => {
      if (!condition(state)) return;
      clearTimeout(late);
      end();
      resolve(state);
    });
  });
}
