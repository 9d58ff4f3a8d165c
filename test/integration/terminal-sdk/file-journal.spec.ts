import { createHash } from 'node:crypto';
import { appendFile, readFile, rm, stat, truncate, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { type JournalRecord, restore, testCards } from '#terminal-sdk';
import { FileJournal } from '#terminal-sdk/node';
import { aFolder } from '../../support/terminal-sdk/folder.js';
import { aRequest, aResult, first, idOf, second } from '../../support/terminal-sdk/payments.js';

let folder: Awaited<ReturnType<typeof aFolder>>;
let file: string;
const opened: FileJournal[] = [];
beforeEach(async () => {
  folder = await aFolder();
  file = join(folder.path, 'deep', 'journal.log');
});
afterEach(async () => {
  for (const journal of opened.splice(0)) await journal.close();
  await folder.remove();
});

const received = (paymentId: string): JournalRecord => ({
  paymentId,
  stage: 'received',
  request: aRequest({ paymentId }),
});
const begun = (paymentId: string, attempt = 1): JournalRecord => {
  return { paymentId, stage: 'begun', attempt, tip: 0, entryMode: 'tap', card: testCards.visa };
};
const started = (paymentId: string): JournalRecord => ({ paymentId, stage: 'started', key: 'a-key-', amount: 1_000 });
const result = (paymentId: string): JournalRecord => ({ paymentId, stage: 'result', result: aResult() });
const settled = (paymentId: string): JournalRecord => ({ paymentId, stage: 'settled' });

const lineOf = (record: JournalRecord): string => {
  const json = JSON.stringify(record);
  return `${createHash('sha256').update(json).digest('hex').slice(0, 16)} ${json}\n`;
};

/** What a terminal finds that is switched on with this journal, which it then may write. */
const switchedOn = async () => {
  const journal = new FileJournal(file);
  opened.push(journal);
  return { journal, ...(await journal.read()) };
};
const written = async (...records: JournalRecord[]) => {
  const { journal } = await switchedOn();
  for (const record of records) await journal.append(record);
  return journal;
};
const damageLine = async (index: number, damage: (line: string) => string) => {
  const lines = (await readFile(file, 'utf8')).split('\n');
  await writeFile(file, lines.map((line, at) => (at === index ? damage(line) : line)).join('\n'));
};

describe('a journal in a file', () => {
  it('is empty at first, and is then all that was written, in its order', async () => {
    expect(await switchedOn()).toMatchObject({ records: [], lost: false });
    const records = [received(first), begun(first), received(second), started(first), result(first), settled(first)];
    await written(...records);
    expect(await switchedOn()).toMatchObject({ records, lost: false });
  });

  it('keeps the order in which it was asked, also when nobody waits in between', async () => {
    const { journal } = await switchedOn();
    const records = Array.from({ length: 50 }, (_, attempt) => begun(first, attempt + 1));
    await Promise.all(records.map((record) => journal.append(record)));
    expect((await switchedOn()).records).toEqual(records);
  });

  it('is readable for its owner only', async () => {
    await written(received(first));
    expect((await stat(file)).mode & 0o077).toBe(0);
  });

  it('is not written before it was read, and not after it was closed', async () => {
    await expect(new FileJournal(file).append(received(first))).rejects.toThrow('read the journal');
    const journal = await written(received(first));
    await journal.close();
    await expect(journal.append(begun(first))).rejects.toThrow('read the journal');
  });

  it('that could not be written once is not written any more: what it ends with is not known', async () => {
    const { journal } = await switchedOn();
    await journal.close();
    await expect(journal.append(received(first))).rejects.toThrow();
    await expect(journal.append(begun(first))).rejects.toThrow();
    expect((await switchedOn()).records).toEqual([]);
  });

  it('that cannot be read is no empty journal', async () => {
    await written(received(first));
    await expect(new FileJournal(join(file, 'journal.log')).read()).rejects.toThrow();
  });
});

describe('a power cut while a record is written', () => {
  it.each([1, 2, 20, 100])('leaves all the others, and what is written next (%d bytes missing)', async (missing) => {
    await written(received(first), begun(first));
    await truncate(file, (await stat(file)).size - missing);
    const { journal, records, lost } = await switchedOn();
    // Without its line end alone, the record is whole.
    const whole = missing === 1 ? [received(first), begun(first)] : [received(first)];
    expect({ records, lost }).toEqual({ records: whole, lost: false });
    await journal.append(started(first));
    expect(await switchedOn()).toMatchObject({ records: [...whole, started(first)], lost: false });
  });

  it('may leave nothing but zeros of it', async () => {
    await written(received(first));
    await appendFile(file, Buffer.alloc(40));
    const { journal } = await switchedOn();
    await journal.append(begun(first));
    expect(await switchedOn()).toMatchObject({ records: [received(first), begun(first)], lost: false });
  });

  it('leaves no word of a journal of one torn record', async () => {
    await written(received(first));
    await truncate(file, 10);
    expect(await switchedOn()).toMatchObject({ records: [], lost: false });
  });
});

describe('damage before the last record', () => {
  it('is said, at every start', async () => {
    await written(received(first), begun(first), started(first), result(first));
    await damageLine(1, (line) => line.replace('"tap"', '"tip"'));
    expect(await switchedOn()).toMatchObject({ lost: true });
    expect(await switchedOn()).toMatchObject({ lost: true });
  });

  it('is not forgotten because the last record is torn as well', async () => {
    await written(received(first), result(first), settled(first), received(second));
    await damageLine(1, () => 'garbage');
    await truncate(file, (await stat(file)).size - 20);
    expect(await switchedOn()).toMatchObject({ lost: true, records: [received(first), settled(first)] });
    expect(await switchedOn()).toMatchObject({ lost: true, records: [received(first), settled(first)] });
  });

  it('lets nobody say that a payment did not start whose start may be lost', async () => {
    await written(received(first), begun(first), started(first), received(second));
    await damageLine(2, () => 'garbage');
    const { records } = await switchedOn();
    expect([...restore(records).keys()]).toEqual([second]);
  });

  it('takes nothing from what was ended or charged before it, or begun after it', async () => {
    const third = idOf(3);
    await written(received(first), begun(first), started(first));
    await written(result(second), received(third), received(third), begun(third));
    await damageLine(4, () => 'garbage');
    const stages = Array.from(restore((await switchedOn()).records).values(), ({ paymentId, stage }) => [
      paymentId,
      stage,
    ]);
    expect(stages).toEqual([
      [first, 'started'],
      [second, 'result'],
      [third, 'begun'],
    ]);
  });
});

describe('a long journal', () => {
  const whole = (number: number) => [received, begun, started, result, settled].map((record) => record(idOf(number)));

  it('is made shorter at a start: the newest thousand payments stay, and all that are not settled', async () => {
    const records = [
      ...whole(1).slice(0, 4),
      received(second),
      ...Array.from({ length: 4_100 }, (_, at) => whole(at + 3)).flat(),
    ];
    await written();
    await writeFile(file, records.map(lineOf).join(''));
    await switchedOn();
    const after = await switchedOn();
    const ids = [...restore(after.records).keys()];
    expect(after.lost).toBe(false);
    expect(ids).toHaveLength(1_002);
    expect(ids.slice(0, 3)).toEqual([first, second, idOf(3_103)]);
    expect(restore(after.records).get(first)).toEqual(restore(records).get(first));
    expect((await stat(file)).mode & 0o077).toBe(0);
    await after.journal.append(settled(first));
    expect((await switchedOn()).records.at(-1)).toEqual(settled(first));
  });

  it('is whole although the power went while it was made shorter', async () => {
    await written(received(first));
    await writeFile(`${file}.next`, 'half');
    expect(await switchedOn()).toMatchObject({ records: [received(first)], lost: false });
    await rm(`${file}.next`);
  });
});
