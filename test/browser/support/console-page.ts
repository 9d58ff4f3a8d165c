import { expect } from '@jest/globals';
import type { Locator, Page } from 'playwright-core';
import type { Person, World } from '../../support/world.js';
import { accessibilityProblems, screenshot, type TestBrowser } from './browser.js';

const wide = { width: 1280, height: 860 };
const still = { reducedMotion: 'reduce' } as const;
const phone = { width: 360, height: 780 };

/** The console in a browser profile of its own, worked as a person works it. */
export class ConsolePage {
  private constructor(readonly page: Page) {}

  static async at(browser: TestBrowser, world: World, path: string): Promise<ConsolePage> {
    return new ConsolePage(await browser.open(`${world.platform.url}/console${path}`, { ...wide, ...still }));
  }

  /** Logged in with the form, at the page that was asked for. */
  static async open(browser: TestBrowser, world: World, person: Person, path = ''): Promise<ConsolePage> {
    const opened = await ConsolePage.at(browser, world, path);
    await opened.fill('E-mail address', person.email);
    await opened.fill('Password', person.password);
    await opened.press('Log in');
    await opened.page.getByRole('navigation').waitFor();
    return opened;
  }

  /** By the menu, as a person goes; the title is that of the page. */
  async go(name: string): Promise<void> {
    await this.page.getByRole('navigation').getByRole('link', { name, exact: true }).click();
    await this.shows(name);
  }

  /** The title of the page. */
  async shows(title: string | RegExp): Promise<void> {
    await this.page.getByRole('heading', { level: 1, name: title, exact: true }).waitFor({ timeout: 30_000 });
  }

  async press(name: string | RegExp): Promise<void> {
    await this.page.getByRole('button', { name, exact: true }).click();
  }

  async follow(name: string | RegExp): Promise<void> {
    await this.page.getByRole('link', { name }).first().click();
  }

  async fill(label: string, text: string): Promise<void> {
    await this.field(label).fill(text);
  }

  /** By its label, which may have the mark of what is required. */
  field(label: string): Locator {
    return this.page.getByLabel(new RegExp(`^${label}( \\*)?$`));
  }

  /** In the page or in what lies over it. */
  async says(text: string | RegExp): Promise<void> {
    await this.page.getByText(text).first().waitFor({ timeout: 30_000 });
  }

  async saysNoMore(text: string | RegExp): Promise<void> {
    await this.page.getByText(text).first().waitFor({ state: 'detached', timeout: 30_000 });
  }

  /** What lies over the page. */
  get dialog(): Locator {
    return this.page.getByRole('dialog');
  }

  /** Presses the button of the dialog, which then is gone. */
  async confirm(action: string): Promise<void> {
    await this.dialog.getByRole('button', { name: action, exact: true }).click();
    await this.dialog.waitFor({ state: 'hidden' });
  }

  /** What is drawn is as it should be, wide and narrow, light and dark: for people to look at, and nothing that keeps anybody out. */
  async isFine(name: string): Promise<void> {
    for (const colorScheme of ['light', 'dark'] as const) {
      await this.page.emulateMedia({ colorScheme, ...still });
      await this.looksFine(`${name}-${colorScheme}`);
    }
    await this.page.emulateMedia({ colorScheme: 'light' });
    await this.page.setViewportSize(phone);
    await this.looksFine(`${name}-phone`);
    expect({ [name]: await this.sticksOut() }).toEqual({ [name]: false });
    await this.page.setViewportSize(wide);
  }

  private async looksFine(name: string): Promise<void> {
    await this.hasSettled();
    await screenshot(this.page, `console-${name}`);
    expect({ [name]: await accessibilityProblems(this.page) }).toEqual({ [name]: [] });
  }

  /** Nothing moves any more. */
  private async hasSettled(): Promise<void> {
    await this.page.waitForFunction(() => document.getAnimations().every(({ playState }) => playState !== 'running'));
  }

  /** Whether the page is wider than the window. */
  private sticksOut(): Promise<boolean> {
    return this.page.evaluate(() => document.documentElement.scrollWidth > document.documentElement.clientWidth);
  }

  async close(): Promise<void> {
    if (!this.page.isClosed()) await this.page.unrouteAll({ behavior: 'ignoreErrors' });
    await this.page.context().close();
  }
}
