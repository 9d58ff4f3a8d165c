import { randomBytes } from 'node:crypto';
import { mkdir, readFile } from 'node:fs/promises';
import { dirname } from 'node:path';
import { exportJWK, generateKeyPair, importJWK, type JWK } from 'jose';
import { z } from 'zod';
import { ConfigurationError } from '#environment';
import { systemCode } from './system-code.js';
import { writeWholeOnce } from './whole-file.js';

const key = z
  .string()
  .transform((text) => Buffer.from(text, 'base64'))
  .refine((bytes) => bytes.length >= 32);

/** Numbers of the right form may still be no point of the curve. */
const isKey = (jwk: JWK): Promise<boolean> =>
  importJWK(jwk, 'ES256').then(
    () => true,
    () => false,
  );

const secretsFile = z.object({
  /** Signs session tokens (ES256, private JWK). */
  sessionKey: z
    .looseObject({ kty: z.literal('EC'), crv: z.literal('P-256'), x: z.string(), y: z.string(), d: z.string() })
    .refine(isKey),
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

/** Reads the secrets; makes them first where that is allowed and there are none. Throws ConfigurationError. */
export async function readSecrets(file: string, makeMissing: boolean): Promise<Secrets> {
  const text = await readFile(file, 'utf8').catch((error: unknown) => {
    const reason = systemCode(error) ?? 'error';
    if (makeMissing) return makeInHome(file, reason);
    throw new ConfigurationError(
      `TILLGATE_SECRETS_FILE: ${file} cannot be read (${reason}); make it with: npx tillgate secrets ${file}`,
    );
  });
  const parsed = await secretsFile.safeParseAsync(parseJson(text));
  if (parsed.success) return parsed.data;
  const field = parsed.error.issues[0]?.path.join('.') ?? '';
  throw new ConfigurationError(`TILLGATE_SECRETS_FILE: ${file} is not whole (${field}); restore it from your backup`);
}

async function makeInHome(file: string, whyNotRead: string): Promise<string> {
  if (whyNotRead !== 'ENOENT') throw new ConfigurationError(`TILLGATE_HOME: ${file} cannot be read (${whyNotRead})`);
  try {
    return await makeSecrets(file);
  } catch (error) {
    throw new ConfigurationError(`TILLGATE_HOME: ${file} cannot be made (${systemCode(error) ?? 'error'})`);
  }
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
  await writeWholeOnce(file, text);
  return text;
}

function parseJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}
