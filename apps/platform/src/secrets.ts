import { randomBytes } from 'node:crypto';
import { mkdir, readFile, writeFile } from 'node:fs/promises';
import { dirname } from 'node:path';
import { exportJWK, generateKeyPair, type JWK } from 'jose';
import { z } from 'zod';
import { ConfigurationError } from './platform.config.js';

const key = z
  .string()
  .transform((text) => Buffer.from(text, 'base64'))
  .refine((bytes) => bytes.length >= 32);

const secretsFile = z.object({
  /** Signs session tokens (ES256, private JWK). */
  sessionKey: z.looseObject({
    kty: z.literal('EC'),
    crv: z.literal('P-256'),
    x: z.string(),
    y: z.string(),
    d: z.string(),
  }),
  /** Keys the hashes of PINs. */
  pinKey: key,
  /** Encrypts webhook secrets. */
  encryptionKey: key,
});

export interface Secrets {
  readonly sessionKey: JWK;
  readonly pinKey: Buffer;
  readonly encryptionKey: Buffer;
}

/** Reads the secrets; makes them first where that is allowed and there are none. */
export async function readSecrets(file: string, makeMissing: boolean): Promise<Secrets> {
  const text = await readFile(file, 'utf8').catch(async (error: unknown) => {
    const reason = error instanceof Error && 'code' in error ? String(error.code) : 'error';
    if (reason === 'ENOENT' && makeMissing) return makeSecrets(file);
    throw new ConfigurationError(
      `TILLGATE_SECRETS_FILE: ${file} cannot be read (${reason}); make it with: npx tillgate secrets ${file}`,
    );
  });
  const parsed = secretsFile.safeParse(parseJson(text));
  if (parsed.success) return parsed.data;
  const field = parsed.error.issues[0]?.path.join('.') ?? '';
  throw new ConfigurationError(`TILLGATE_SECRETS_FILE: ${file} is not whole (${field}); restore it from your backup`);
}

/** Makes new secrets, readable by their owner only. Never overwrites: the old ones open what is stored. */
export async function makeSecrets(file: string): Promise<string> {
  const { privateKey } = await generateKeyPair('ES256', { extractable: true });
  const secrets = {
    sessionKey: await exportJWK(privateKey),
    pinKey: randomBytes(32).toString('base64'),
    encryptionKey: randomBytes(32).toString('base64'),
  };
  const text = JSON.stringify(secrets, null, 2);
  await mkdir(dirname(file), { recursive: true });
  await writeFile(file, text, { mode: 0o600, flag: 'wx' });
  return text;
}

function parseJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}
