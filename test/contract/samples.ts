import { createHash } from 'node:crypto';
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { z } from 'zod';
import { catalogue, envelope } from '#contracts';
import { deviceFrame, parseFrame, platformFrame } from '#terminal-protocol';

const manifest = 'SHA256SUMS';
const manifestLine = /^(?<sum>[0-9a-f]{64}) {2}(?<file>.+)$/;
const folder = (path: string): string => fileURLToPath(new URL(`../../${path}`, import.meta.url));

export const eventSamples = folder('libs/contracts/samples');
export const frameSamples = folder('libs/terminal-protocol/samples');

/** What is wrong with the samples of a folder; nothing when all is well. */
export type Check = (samples: string) => string[];

const filesIn = (samples: string): string[] =>
  readdirSync(samples, { recursive: true, encoding: 'utf8' })
    .filter((file) => file.endsWith('.json'))
    .sort();
const textOf = (samples: string, file: string): string => readFileSync(join(samples, file), 'utf8');

/** Every event of the catalogue has a sample in its context's folder, named after it, and each sample is read today. */
export const eventProblems: Check = (samples) => {
  const shown = new Set<string>();
  const problems = filesIn(samples).flatMap((file) => {
    const event = envelope.safeParse(JSON.parse(textOf(samples, file)));
    if (!event.success) return [`${file}: not an event: ${z.prettifyError(event.error)}`];
    const contract = catalogue.get(event.data.name);
    if (!contract) return [`${file}: no contract has this name`];
    const named = new RegExp(`^${contract.context}/${contract.name}(\\.[a-z-]+)?\\.v1\\.json$`);
    if (!named.test(file)) return [`${file}: belongs to ${contract.context}/${contract.name}.v1.json`];
    shown.add(contract.name);
    const data = contract.data.safeParse(event.data.data);
    return data.success ? [] : [`${file}: cannot be read any more: ${z.prettifyError(data.error)}`];
  });
  return [...problems, ...without([...catalogue.keys()], shown)];
};

/** Every frame, of either side, has a sample named after it, and each sample is read today. */
export const frameProblems: Check = (samples) => {
  const shown = new Set<string>();
  const types = [...deviceFrame.options, ...platformFrame.options].map(({ shape }) => shape.type.value);
  const problems = filesIn(samples).flatMap((file) => {
    const text = textOf(samples, file);
    const said = [parseFrame(deviceFrame, text), parseFrame(platformFrame, text)];
    const frame = said.find((parsed) => parsed.ok)?.frame;
    if (!frame) return [`${file}: ${said.map((parsed) => (parsed.ok ? '' : parsed.message)).join(' or ')}`];
    const named = new RegExp(`^${frame.type.replaceAll('.', '\\.')}(\\.[a-z-]+)?\\.json$`);
    if (!named.test(file)) return [`${file}: belongs to ${frame.type}.json`];
    shown.add(frame.type);
    return [];
  });
  return [...problems, ...without(types, shown)];
};

/** Every sample is as it was when it was added, and none is gone. */
export const manifestProblems: Check = (samples) => {
  const [rule = '', ...lines] = textOf(samples, manifest).trimEnd().split('\n');
  const listed = new Map(lines.map((line) => [manifestLine.exec(line)?.groups?.file ?? line, line]));
  const actual = new Map(filesIn(samples).map((file) => [file, `${sumOf(samples, file)}  ${file}`]));
  const problems = [...actual].flatMap(([file, line]) => {
    const before = listed.get(file);
    if (before === undefined) return [`${file}: is not in ${manifest}; add the line: ${line}`];
    return before === line ? [] : [`${file}: was edited; bring it back and add a new file instead`];
  });
  const gone = [...listed.keys()].filter((file) => !actual.has(file)).map((file) => `${file}: is gone; bring it back`);
  return [...(/^# .*never edit/.test(rule) ? [] : [`${manifest}: begins with the rule`]), ...problems, ...gone];
};

const without = (names: readonly string[], shown: ReadonlySet<string>): string[] =>
  names.filter((name) => !shown.has(name)).map((name) => `${name}: has no sample`);

const sumOf = (samples: string, file: string): string =>
  createHash('sha256').update(textOf(samples, file)).digest('hex');
