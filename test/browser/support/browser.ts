import { existsSync } from 'node:fs';
import { mkdir } from 'node:fs/promises';
import { join } from 'node:path';
import axe from 'axe-core';
import { type Browser, type BrowserContext, chromium, type Page } from 'playwright-core';

const places = [process.env.CHROMIUM_PATH, '/usr/bin/chromium', '/usr/bin/chromium-browser', '/usr/bin/google-chrome'];
const screens = 'test/browser/screens';

export interface View {
  readonly width?: number;
  readonly height?: number;
  readonly colorScheme?: 'light' | 'dark';
  readonly locale?: string;
  readonly reducedMotion?: 'reduce';
}

/** Runs in each page before its own scripts: what passes by itself after 1.2 or 4 s stays long enough to be looked at. */
const linger = (): void => {
  const setTimer = window.setTimeout.bind(window);
  const longer: Readonly<Record<number, number>> = { 1_200: 5_000, 4_000: 12_000 };
  window.setTimeout = ((act: () => void, ms = 0, ...rest: unknown[]) =>
    setTimer(act, longer[ms] ?? ms, ...rest)) as typeof window.setTimeout;
};

/** A real Chromium. What a page says in its console as an error, or throws, is kept: a test asks for `trouble` at its end. */
export class TestBrowser {
  readonly trouble: string[] = [];

  private constructor(private readonly browser: Browser) {}

  static async start(): Promise<TestBrowser> {
    const executablePath = places.find((path) => path !== undefined && existsSync(path));
    if (executablePath === undefined) throw new Error('there is no Chromium: run npm test, which provides it');
    return new TestBrowser(await chromium.launch({ executablePath, args: ['--no-sandbox'] }));
  }

  /** A profile of its own: nothing is shared with other contexts. */
  async context({ width = 1280, height = 860, ...view }: View = {}): Promise<BrowserContext> {
    const context = await this.browser.newContext({ viewport: { width, height }, ...view });
    await context.addInitScript(linger);
    return context;
  }

  async open(url: string, view: View = {}): Promise<Page> {
    const page = await (await this.context(view)).newPage();
    this.watch(page);
    await page.goto(url);
    return page;
  }

  watch(page: Page): void {
    page.on('console', (message) => {
      // Asking who is logged in is how a page learns that nobody is.
      const asked = message.location().url.endsWith('/console/v1/session');
      if (message.type() === 'error' && !asked) this.trouble.push(message.text());
    });
    page.on('pageerror', (error) => this.trouble.push(error.message));
  }

  async stop(): Promise<void> {
    await this.browser.close();
  }
}

interface Found {
  readonly violations: { readonly id: string; readonly help: string; readonly nodes: { readonly html: string }[] }[];
}

/** What axe finds against WCAG 2.2 AA, in words. */
export async function accessibilityProblems(page: Page): Promise<string[]> {
  await page.evaluate(axe.source);
  const found = await page.evaluate<Found>(
    `axe.run(document, { runOnly: ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa'] })`,
  );
  return found.violations.map(({ id, help, nodes }) => `${id}: ${help}: ${nodes.map(({ html }) => html).join(' ')}`);
}

/** For people to look at; the folder is not kept in git. */
export async function screenshot(page: Page, name: string): Promise<void> {
  await mkdir(screens, { recursive: true });
  await page.screenshot({ path: join(screens, `${name}.png`) });
}
