import { mkdir, readFile, rm, stat, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { nothingSaved, type PaymentResult } from '#terminal-sdk';
import { FileAnswers, FileStore } from '#terminal-sdk/node';
import { aSession } from '../../support/terminal-sdk/fake-platform.js';
import { aFolder } from '../../support/terminal-sdk/folder.js';
import { aResult } from '../../support/terminal-sdk/payments.js';

let folder: Awaited<ReturnType<typeof aFolder>>;
let home: string;
beforeEach(async () => {
  folder = await aFolder();
  home = join(folder.path, 'terminal');
});
afterEach(() => folder.remove());

describe('the key of a terminal', () => {
  it('is made once, stays, and signs what its public half verifies', async () => {
    const key = await new FileStore(home).key();
    const again = await new FileStore(home).key();
    expect(again.publicJwk).toEqual(key.publicJwk);
    expect(Object.keys(key.publicJwk)).toEqual(['kty', 'crv', 'x', 'y']);
    const [header] = (await again.sign('JWT', {})).split('.');
    const { jwk } = JSON.parse(Buffer.from(header ?? '', 'base64url').toString()) as { jwk: unknown };
    expect(jwk).toEqual(key.publicJwk);
  });

  it('is another one in another folder', async () => {
    const other = await new FileStore(join(folder.path, 'other')).key();
    expect((await new FileStore(home).key()).publicJwk).not.toEqual(other.publicJwk);
  });

  it('that is damaged is not replaced in silence: the platform would not know the terminal any more', async () => {
    await new FileStore(home).key();
    await writeFile(join(home, 'key.json'), '{"kty":"EC"}');
    await expect(new FileStore(home).key()).rejects.toThrow();
    expect(await readFile(join(home, 'key.json'), 'utf8')).toBe('{"kty":"EC"}');
  });
});

describe('what a terminal saves', () => {
  it('is nothing at first, and then the last word', async () => {
    const store = new FileStore(home);
    await expect(store.load()).resolves.toEqual(nothingSaved);
    const session = aSession();
    const saved = Array.from({ length: 20 }, (_, at) => ({ missingSteps: [], session, connectSequence: at + 1 }));
    await Promise.all(saved.map((one) => store.save(one)));
    await expect(new FileStore(home).load()).resolves.toEqual(saved.at(-1));
  });

  it('is readable for its owner only', async () => {
    const store = new FileStore(home);
    await store.key();
    await store.save(nothingSaved);
    for (const name of ['key.json', 'session.json']) expect((await stat(join(home, name))).mode & 0o077).toBe(0);
  });

  it('can be saved again after a save failed', async () => {
    const store = new FileStore(join(home, 'session'));
    await new FileStore(home).key();
    await writeFile(join(home, 'session'), 'a file where the folder should be');
    await expect(store.save(nothingSaved)).rejects.toThrow();
    await rm(join(home, 'session'));
    await store.save({ ...nothingSaved, connectSequence: 5 });
    await expect(store.load()).resolves.toMatchObject({ connectSequence: 5 });
  });

  it('that cannot be read is not taken for nothing', async () => {
    await mkdir(join(home, 'session.json'), { recursive: true });
    await expect(new FileStore(home).load()).rejects.toThrow();
  });

  it('is whole although the power went while it was saved', async () => {
    const store = new FileStore(home);
    await store.save({ ...nothingSaved, connectSequence: 3 });
    await writeFile(join(home, 'session.json.next'), '{"connectSequ');
    await expect(new FileStore(home).load()).resolves.toMatchObject({ connectSequence: 3 });
    await store.save({ ...nothingSaved, connectSequence: 4 });
    await expect(new FileStore(home).load()).resolves.toMatchObject({ connectSequence: 4 });
  });
});

describe('the answers of a test acquirer', () => {
  it('are found again after a power cut', async () => {
    const answers: [string, PaymentResult | 'closed'][] = [
      ['one', aResult()],
      ['two', 'closed'],
    ];
    for (const [key, answer] of answers) await new FileAnswers(home).put(key, answer);
    for (const [key, answer] of answers) await expect(new FileAnswers(home).get(key)).resolves.toEqual(answer);
    await expect(new FileAnswers(home).get('three')).resolves.toBeUndefined();
  });

  it('are there in whole or not at all', async () => {
    const answers = new FileAnswers(home);
    await answers.put('one', aResult());
    const reads = Array.from({ length: 100 }, () => answers.get('one'));
    for (let amount = 0; amount < 50; amount += 1) await answers.put('one', aResult({ amount }));
    for (const read of await Promise.all(reads)) expect(read).toMatchObject({ outcome: 'approved' });
    expect(await answers.get('one')).toMatchObject({ amount: 49 });
  });
});
