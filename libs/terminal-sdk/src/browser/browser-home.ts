import type { AnswerStore } from '../acquirer/test-acquirer.js';
import type { Journal } from '../payments/journal.js';
import type { Socket, SocketFactory } from '../platform/link.js';
import type { TerminalStore } from '../terminal-store.js';
import { DatabaseAnswers } from './database-answers.js';
import { DatabaseJournal } from './database-journal.js';
import { DatabaseStore } from './database-store.js';
import { TerminalDatabase } from './terminal-database.js';

/** It has all that a terminal needs; only the types of the events differ. */
export const browserSocket: SocketFactory = (url, subProtocol) => new WebSocket(url, subProtocol) as unknown as Socket;

/** Where a terminal of a browser keeps what a power cut must not take. The same name is the same terminal. */
export interface BrowserHome {
  /** Made once, and kept. */
  readonly serialNumber: string;
  readonly store: TerminalStore;
  readonly journal: Journal;
  readonly answers: AnswerStore;
  close(): void;
}

/** One at a time of a name: two terminals of one key and one journal would be a danger. */
export async function openBrowserHome(name: string, newSerialNumber: () => string): Promise<BrowserHome> {
  const database = await TerminalDatabase.open(name);
  return {
    serialNumber: await database.putFirst('kept', 'serialNumber', newSerialNumber()),
    store: new DatabaseStore(database),
    journal: new DatabaseJournal(database),
    answers: new DatabaseAnswers(database),
    close: () => {
      database.close();
    },
  };
}

/** Forgets a terminal: key, session, journal and serial number. What its journal still owed is lost. */
export const deleteBrowserHome = (name: string): Promise<void> => TerminalDatabase.delete(name);
