import type { DataSource } from 'typeorm';

/** A 202 says "stored": with one of these off, a crash could make that a lie. */
const required = ['fsync', 'full_page_writes', 'synchronous_commit'] as const;

interface Setting {
  readonly name: string;
  readonly setting: string;
}

/** Rejects with the names of the settings under which PostgreSQL would lose an answered commit. */
export async function refuseLossySettings(dataSource: DataSource): Promise<void> {
  const off: Setting[] = await dataSource.query(
    `SELECT name, setting FROM pg_settings WHERE name = ANY($1) AND setting = 'off' ORDER BY name`,
    [required],
  );
  if (off.length === 0) return;
  const names = off.map(({ name }) => name).join(', ');
  throw new Error(`PostgreSQL would lose commits in a crash: turn on ${names} in its configuration and start again`);
}
