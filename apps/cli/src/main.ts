import { Command, InvalidArgumentError } from 'commander';
import { type AccountOptions, openAccount, resetPassword } from './accounts.js';
import { CliError } from './cli-error.js';
import { doctor } from './doctor.js';
import { listDead, republish, retryDead } from './events.js';
import { listen, type ListenOptions } from './listen.js';
import { makeSecretsFile } from './secrets.js';
import { simulate } from './simulate.js';

const count = (text: string): number => {
  const number = Number(text);
  if (!Number.isInteger(number) || number < 1 || number > 1000)
    throw new InvalidArgumentError('Give a number from 1 to 1000.');
  return number;
};

const time = (text: string): Date => {
  const since = new Date(text);
  if (Number.isNaN(since.getTime())) throw new InvalidArgumentError('Give a time such as 2026-11-23T10:00:00Z.');
  return since;
};

const home = ['--home <folder>', 'folder of the platform', process.env.TILLGATE_HOME ?? '.tillgate'] as const;
const environmentOf = (options: { home: string }): NodeJS.ProcessEnv => ({
  ...process.env,
  TILLGATE_HOME: options.home,
});

const program = new Command('tillgate').description('Tools for the Tillgate smart-terminal platform.');

program
  .command('simulate')
  .description('run headless terminals that set themselves up, log in and pay what they are asked to')
  .option('--url <url>', 'address of the platform (default: the one in demo.json)')
  .option('--count <n>', 'number of terminals', count, 1)
  .option(
    '--home <folder>',
    'where demo.json is and the terminals keep their state',
    process.env.TILLGATE_HOME ?? '.tillgate',
  )
  .action((options: { url?: string; count: number; home: string }) => simulate(options));

program
  .command('listen')
  .description('bring the events of an account to a receiver on this machine, signed as webhooks')
  .requiredOption('--forward-to <url>', 'where the receiver listens, such as http://localhost:4242/hook')
  .option('--url <url>', 'address of the platform (default: the one in demo.json)')
  .option('--token <token>', 'API token; better in TILLGATE_API_TOKEN, where no list of processes shows it')
  .option('--types <types>', 'only these event types, separated by commas')
  .option(
    '--home <folder>',
    'where demo.json is and what was forwarded is kept',
    process.env.TILLGATE_HOME ?? '.tillgate',
  )
  .action((options: ListenOptions) => listen(options));

program
  .command('doctor')
  .description('look whether the platform of this environment has what it needs, and say what to do')
  .option(...home)
  .action((options: { home: string }) => doctor(options));

const events = program.command('events').description('what the parts of the platform tell each other');
events
  .command('dead-letters')
  .description('show what a part of the platform could not take in, and why')
  .option(...home)
  .action((options: { home: string }) => listDead(environmentOf(options)));
events
  .command('retry')
  .description('have the running platform try all of that once more')
  .option(...home)
  .action((options: { home: string }) => retryDead(environmentOf(options)));
events
  .command('republish')
  .description('have the running platform publish again what it said, at most three days back; repeats do no harm')
  .requiredOption('--since <time>', 'such as 2026-11-23T10:00:00Z', time)
  .option(...home)
  .action((options: { home: string; since: Date }) => republish(environmentOf(options), options.since));

const accounts = program.command('accounts').description('the merchants of this platform');
accounts
  .command('open')
  .description('open an account with its first administrator and API token')
  .requiredOption('--name <name>', 'name of the merchant')
  .requiredOption('--email <email>', 'e-mail address of the first administrator')
  .option('--country <code>', 'CA or US', 'CA')
  .option('--time-zone <zone>', 'time zone such as America/Toronto (default: America/Edmonton)')
  .option(...home)
  .action((options: AccountOptions & { home: string }) => openAccount(environmentOf(options), options));
accounts
  .command('reset-password')
  .description('give a user another password, when no administrator of the account can')
  .requiredOption('--email <email>', 'e-mail address of the user')
  .option(...home)
  .action((options: { email: string; home: string }) => resetPassword(environmentOf(options), options));

program
  .command('secrets')
  .description('make the secrets file that all processes of a platform share')
  .argument('<file>', 'where to write it; an existing file is never overwritten')
  .action((file: string) => makeSecretsFile(file));

program.parseAsync().catch((error: unknown) => {
  const text = error instanceof Error ? error.message : String(error);
  process.stderr.write(error instanceof CliError ? `${text}\n` : `Something went wrong: ${text}\n`);
  process.exit(1);
});
