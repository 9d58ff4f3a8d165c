/** What the platform tells this context. */
export abstract class AccountsSettings {
  /** At least 32 random bytes, kept outside the database: without it a stolen dump gives no PIN and no e-mail counter away. */
  abstract readonly pinKey: Buffer;
  /** True where the console is reached over HTTPS: its cookie then is never sent without. */
  abstract readonly secureCookies: boolean;
}
