import { readdir, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { beforeAll, describe, expect, it } from '@jest/globals';
import { errorStatuses } from '../../apps/platform/src/http/error-statuses.js';

interface Source {
  readonly file: string;
  readonly text: string;
}

/** Where a refusal may be declared: the room of its context, and the doors. */
const homes = [
  /^libs\/[a-z-]+\/src\/domain\/[a-z-]+\.errors\.ts$/,
  /^libs\/kernel\/src\/domain-error\.ts$/,
  /^libs\/http-door\/src\/body\.ts$/,
  /^apps\/platform\/src\/http\/http\.errors\.ts$/,
];
/** Its refusals become frames and close codes, never an answer of HTTP. */
const framesOnly = 'libs/device-gateway/';
/** Where the platform answers without a DomainError. */
const ownAnswers = ['apps/platform/src/http/error.filter.ts', 'apps/platform/src/http/stray-requests.ts'];

const errorClass = /^export class (\w+) extends DomainError \{$(.*?)^\}$/gms;
const codeOfSuper = /super\(\s*(?:'([^']+)'|`([^`]+)`)/;

/** Code by class; a code made of a word that the constructor takes counts once for each word. */
function codesIn({ file, text }: Source): [code: string, where: string][] {
  return [...text.matchAll(errorClass)].flatMap(([, name = '', body = '']) => {
    const [, plain, template] = codeOfSuper.exec(body) ?? [];
    const where = `${name} in ${file}`;
    const codes = plain === undefined ? expanded(template ?? '', body) : [plain];
    return codes.map((code): [string, string] => [code, where]);
  });
}

function expanded(template: string, body: string): string[] {
  const [placeholder, word = ''] = /\$\{(\w+)\}/.exec(template) ?? [];
  if (placeholder === undefined) return [`unreadable: ${template}`];
  const [, union = ''] = new RegExp(`\\b${word}: ((?:'\\w+'(?: \\| )?)+)`).exec(body) ?? [];
  return [...union.matchAll(/'(\w+)'/g)].map(([, value = '']) => template.replace(placeholder, value));
}

async function sources(folder: string): Promise<Source[]> {
  const found = await readdir(folder, { recursive: true });
  const files = found.map((one) => join(folder, one)).filter((one) => one.endsWith('.ts') && !one.endsWith('.spec.ts'));
  return Promise.all(files.map(async (file) => ({ file, text: await readFile(file, 'utf8') })));
}

const planted = `
export class PlantedError extends DomainError {
  constructor() {
    super(
      'planted_code',
      'A sentence',
    );
  }
}

export class PlantedPairError extends DomainError {
  constructor(what: 'left' | 'right', message: string) {
    super(\`\${what}_planted\`, message);
  }
}
`;

describe('the codes of refusals', () => {
  let all: readonly Source[];
  let codes: Map<string, string>;

  beforeAll(async () => {
    all = [...(await sources('libs')), ...(await sources('apps'))];
    codes = new Map(all.filter(({ file }) => !file.startsWith(framesOnly)).flatMap(codesIn));
  });

  it('are found where they are planted', () => {
    const found = codesIn({ file: 'planted.ts', text: planted });
    expect(found.map(([code]) => code)).toEqual(['planted_code', 'left_planted', 'right_planted']);
  });

  it('are found in each class that is a refusal, and each stands where a reader looks for it', () => {
    const declaring = all.filter(({ text }) => text.includes('extends DomainError'));
    expect(declaring.length).toBeGreaterThanOrEqual(homes.length);
    expect(declaring.filter(({ file }) => !homes.some((home) => home.test(file))).map(({ file }) => file)).toEqual([]);
    for (const source of declaring) {
      const classes = source.text.match(/\bextends DomainError\b/g) ?? [];
      expect(new Set(codesIn(source).map(([, where]) => where)).size).toBe(classes.length);
    }
  });

  it('have a status each', () => {
    const without = [...codes].filter(([code]) => !Object.hasOwn(errorStatuses, code));
    expect(without.map(([code, where]) => `${code} of ${where}`)).toEqual([]);
  });

  it('are all that have a status, with those that the platform itself answers', () => {
    const own = all.filter(({ file }) => ownAnswers.includes(file)).map(({ text }) => text);
    expect(own).toHaveLength(ownAnswers.length);
    const isUsed = (code: string): boolean => codes.has(code) || own.some((text) => text.includes(`'${code}'`));
    expect(Object.keys(errorStatuses).filter((code) => !isUsed(code))).toEqual([]);
  });
});
