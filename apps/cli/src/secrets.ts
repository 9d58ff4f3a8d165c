import { CliError } from './cli-error.js';

/** Makes a new secrets file. An existing one opens what is stored, so it is never replaced. */
export async function makeSecretsFile(file: string): Promise<void> {
  const { makeSecrets } = await import('../../platform/src/index.js');
  try {
    await makeSecrets(file);
  } catch (error) {
    if (error instanceof Error && 'code' in error && error.code === 'EEXIST') {
      process.stderr.write(`${file} is there already and stays as it is.\n`);
      return;
    }
    throw new CliError(`${file} cannot be written: ${error instanceof Error ? error.message : String(error)}`);
  }
  process.stderr.write(`${file} is made. Keep a copy in a safe place: without it PINs and tokens are worthless.\n`);
}
