import { beforeAll, it } from '@jest/globals';

/** Stories that have nothing to do with each other, each a test by its name. They mostly wait, so they run side by side. */
export function sideBySide(stories: Readonly<Record<string, () => Promise<void>>>): void {
  const running = new Map<string, Promise<void>>();
  beforeAll(() => {
    for (const [name, story] of Object.entries(stories)) {
      const told = story();
      // Its own test says that it failed.
      told.catch(() => undefined);
      running.set(name, told);
    }
  });
  it.each(Object.keys(stories))('%s', (name) => running.get(name), 180_000);
}
