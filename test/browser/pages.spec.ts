import { gzipSync } from 'node:zlib';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { World } from '../support/world.js';
import { TestBrowser } from './support/browser.js';

describe('the pages of the platform', () => {
  let world: World;
  let browser: TestBrowser;

  beforeAll(async () => {
    [world, browser] = [await World.start('embedded'), await TestBrowser.start()];
  });

  afterAll(async () => {
    await browser.stop();
    await world.stop();
  });

  it.each(['console', 'terminal'])(
    '%s opens at its address and at every address below it, without an error',
    async (name) => {
      for (const path of [name, `${name}/`, `${name}/some/view`]) {
        const page = await browser.open(`${world.platform.url}/${path}`);
        await page.waitForFunction(() => document.getElementById('root')?.hasChildNodes());
      }
      expect(browser.trouble).toEqual([]);
    },
  );

  it.each(['console', 'terminal'])('%s loads less than 300 kB at first, compressed', async (name) => {
    const page = await (await browser.context()).newPage();
    const bodies: Promise<Buffer>[] = [];
    page.on('response', (response) => {
      bodies.push(response.body());
    });
    await page.goto(`${world.platform.url}/${name}`, { waitUntil: 'networkidle' });
    const sizes = (await Promise.all(bodies)).map((body) => gzipSync(body).length);
    expect(sizes.length).toBeGreaterThan(1);
    expect(sizes.reduce((sum, size) => sum + size, 0)).toBeLessThan(300_000);
  });

  it('an asset is sent compressed, to be kept for good; the page is asked for again', async () => {
    const page = await fetch(`${world.platform.url}/console`);
    expect(page.headers.get('cache-control')).toBe('no-cache');
    expect(page.headers.get('content-security-policy')).toContain("frame-ancestors 'none'");
    const [, path = ''] = /src="([^"]+\.js)"/.exec(await page.text()) ?? [];
    const asset = await fetch(world.platform.url + path);
    expect(asset.headers.get('cache-control')).toBe('public, max-age=31536000, immutable');
    expect(asset.headers.get('content-encoding')).toMatch(/^(br|gzip)$/);
    expect((await asset.text()).length).toBeGreaterThan(1000);
  });

  it('what is no file of a page is not found', async () => {
    for (const path of [
      '/console/assets/none.js',
      '/console/assets/../index.html.gz',
      '/console/assets/%2e%2e/%2e%2e/%2e%2e/package.json',
    ]) {
      const answer = await fetch(world.platform.url + path);
      expect(await answer.text()).not.toContain('"name": "tillgate"');
    }
    expect((await fetch(`${world.platform.url}/console/assets/none.js`)).status).toBe(404);
  });
});
