import { AsyncLocalStorage } from 'node:async_hooks';

/** What the database is told when the work is not one account's: log-ins, reactions, sweepers. */
export const everyAccount = '*';

const storage = new AsyncLocalStorage<{ account: string }>();

export const currentAccount = (): string => storage.getStore()?.account ?? everyAccount;

/** Everything that `work` starts sees every account, until `limitToAccount` says whose work it is. */
export const acrossAccounts = <Result>(work: () => Result): Result => storage.run({ account: everyAccount }, work);

/** From now on the work under way sees one account's rows and no others, whatever its queries ask for. */
export function limitToAccount(accountId: string): void {
  const store = storage.getStore();
  if (!store) throw new Error('limitToAccount outside of acrossAccounts');
  store.account = accountId;
}
