import { expect } from '@jest/globals';
import type { BrowserContext, Page } from 'playwright-core';
import type { TerminalControls } from '../../../apps/terminal/src/page/controls.js';
import type { JournalRecord } from '#terminal-sdk';
import { eventually } from '../../support/eventually.js';
import type { Merchant, World } from '../../support/world.js';
import { accessibilityProblems, screenshot, type TestBrowser, type View } from './browser.js';

type Faults = Parameters<TerminalControls['setFaults']>[0];

/** The virtual terminal in a browser profile of its own, worked as a person works it. */
export class TerminalPage {
  private constructor(readonly page: Page) {}

  static async open(browser: TestBrowser, world: World, path = '/terminal', view: View = {}): Promise<TerminalPage> {
    return TerminalPage.in(browser, await browser.context({ locale: 'en-CA', ...view }), world, path);
  }

  /** One more page of a profile. */
  static async in(browser: TestBrowser, context: BrowserContext, world: World, path = '/terminal') {
    const page = await context.newPage();
    browser.watch(page);
    await page.goto(world.platform.url + path);
    return new TerminalPage(page);
  }

  /** A page that another one has opened. */
  static of(browser: TestBrowser, page: Page): TerminalPage {
    browser.watch(page);
    return new TerminalPage(page);
  }

  /** Set up with the administrator's password and logged in with the PIN. */
  static async loggedIn(browser: TestBrowser, world: World, merchant: Merchant): Promise<TerminalPage> {
    const terminal = await TerminalPage.open(browser, world);
    await terminal.setUp(merchant);
    await terminal.enter(merchant.administrator.pin);
    return terminal;
  }

  static async listening(browser: TestBrowser, world: World, merchant: Merchant) {
    const terminal = await TerminalPage.loggedIn(browser, world, merchant);
    await terminal.shows('code');
    await terminal.press('Continue');
    await terminal.shows('ready');
    return { terminal, code: await terminal.code() };
  }

  async setUp({ administrator: { email, password } }: Merchant): Promise<void> {
    await this.press('Start');
    await this.shows('account');
    await this.press('E-mail');
    await this.fill('E-mail address', email);
    await this.fill('Password', password);
    await this.press('Add to the account');
    await this.shows('log-in');
  }

  /** The screen, which is also the fragment of the address. */
  async shows(name: string, withinMs = 30_000): Promise<void> {
    await this.page.waitForSelector(`.device[data-screen="${name}"]`, { timeout: withinMs });
    await this.page.waitForFunction((fragment) => location.hash.endsWith(fragment), name);
  }

  /** What is drawn is as it should be: for people to look at, and nothing that keeps anybody out. */
  async isFine(name: string): Promise<void> {
    await screenshot(this.page, `terminal-${name}`);
    expect({ [name]: await accessibilityProblems(this.page) }).toEqual({ [name]: [] });
  }

  async press(name: string): Promise<void> {
    await this.page.locator('.display').getByRole('button', { name, exact: true }).click();
  }

  async fill(label: string, text: string): Promise<void> {
    await this.page.getByLabel(label, { exact: true }).fill(text);
  }

  /** Digits on the keypad, then the green key. */
  async enter(digits: string): Promise<void> {
    for (const digit of digits) await this.key(`Digit ${digit}`);
    await this.key('Enter');
  }

  async key(name: string): Promise<void> {
    await this.page.locator('.keypad').getByRole('button', { name, exact: true }).click();
  }

  async choose(card: string): Promise<void> {
    await this.page.getByLabel('Test card').selectOption(card);
  }

  async says(text: string | RegExp): Promise<void> {
    await this.page.locator('.display').getByText(text).first().waitFor({ timeout: 30_000 });
  }

  async code(): Promise<string> {
    return (await this.page.evaluate(() => window.tillgateTerminal?.state()?.code)) ?? '';
  }

  async serialNumber(): Promise<string | undefined> {
    return this.page.evaluate(() => window.tillgateTerminal?.state()?.serialNumber);
  }

  async setFaults(faults: Faults): Promise<void> {
    await this.page.evaluate((change) => {
      window.tillgateTerminal?.setFaults(change);
    }, faults);
  }

  /** From now on a card is read in this time, and not in the usual half second. */
  async readerTakes(ms: number): Promise<void> {
    await this.page.evaluate((readingMs) => {
      const setTimer = window.setTimeout.bind(window);
      window.setTimeout = ((act: () => void, afterMs?: number, ...rest: unknown[]) =>
        setTimer(act, afterMs === 500 ? readingMs : afterMs, ...rest)) as typeof window.setTimeout;
    }, ms);
  }

  async powerOn(): Promise<void> {
    await this.page.evaluate(() => window.tillgateTerminal?.powerOn());
  }

  async powerCut(): Promise<void> {
    await this.page.evaluate(() => {
      window.tillgateTerminal?.powerCut();
    });
  }

  /** Charges in the books of the test acquirer, which outlive the terminal's power. */
  async approvedCharges(): Promise<number> {
    const answers = await this.page.evaluate(readAll, 'answers');
    return answers.filter((one) => (one as { outcome?: string }).outcome === 'approved').length;
  }

  /** Waits until the journal ends with one of these: what is on the screen may be a moment ahead of it. */
  async hasJournaled(...stages: readonly JournalRecord['stage'][]): Promise<void> {
    await eventually(`the journal ends with ${stages.join(' or ')}`, async () => {
      const last = (await this.page.evaluate(readAll, 'journal')).at(-1) as { readonly json: string } | undefined;
      return last !== undefined && stages.includes((JSON.parse(last.json) as JournalRecord).stage);
    });
  }

  async keyIsExtractable(): Promise<boolean> {
    return this.page.evaluate(keyIsExtractable);
  }

  /** Every record of the journal gets a checksum that does not fit. */
  async damageJournal(): Promise<void> {
    await this.page.evaluate(damageJournal);
  }

  /** From now on the browser refuses to add anything to the journal. */
  async breakStorage(): Promise<void> {
    await this.page.evaluate(() => {
      IDBObjectStore.prototype.add = () => {
        throw new DOMException('the disk is full', 'QuotaExceededError');
      };
    });
  }

  async close(): Promise<void> {
    await this.page.context().close();
  }
}

/** Runs in the page. */
const readAll = (store: string): Promise<unknown[]> =>
  new Promise((resolve) => {
    const opening = indexedDB.open('tillgate-terminal-1');
    opening.onsuccess = () => {
      const asked = opening.result.transaction(store).objectStore(store).getAll();
      asked.onsuccess = () => {
        opening.result.close();
        resolve(asked.result as unknown[]);
      };
    };
  });

/** Runs in the page. */
const keyIsExtractable = (): Promise<boolean> =>
  new Promise((resolve) => {
    const opening = indexedDB.open('tillgate-terminal-1');
    opening.onsuccess = () => {
      const asked = opening.result.transaction('kept').objectStore('kept').get('key');
      asked.onsuccess = () => {
        opening.result.close();
        resolve((asked.result as { privateKey: CryptoKey }).privateKey.extractable);
      };
    };
  });

/** Runs in the page. */
const damageJournal = (): Promise<void> =>
  new Promise((resolve) => {
    const opening = indexedDB.open('tillgate-terminal-1');
    opening.onsuccess = () => {
      const writing = opening.result.transaction('journal', 'readwrite');
      writing.objectStore('journal').openCursor().onsuccess = ({ target }) => {
        const cursor = (target as IDBRequest<IDBCursorWithValue | null>).result;
        if (!cursor) return;
        cursor.update({ ...(cursor.value as object), sum: 'damaged' });
        cursor.continue();
      };
      writing.oncomplete = () => {
        opening.result.close();
        resolve();
      };
    };
  });
