/** The object stores of one terminal. `kept`: key, session and serial number by name; `answers`: of the test acquirer. */
const stores = { kept: {}, journal: { autoIncrement: true }, answers: {} } as const;
export type StoreName = keyof typeof stores;

/** One terminal's IndexedDB. What is written is on the disk when the call resolves. */
export class TerminalDatabase {
  private constructor(private readonly database: IDBDatabase) {}

  /** Rejects where the browser keeps nothing, as some do in a private window. */
  static async open(name: string): Promise<TerminalDatabase> {
    const opening = indexedDB.open(name, 1);
    opening.onupgradeneeded = () => {
      for (const [store, options] of Object.entries(stores)) opening.result.createObjectStore(store, options);
    };
    const database = await answerOf(opening);
    // Another page deletes this terminal: it need not wait for this one.
    database.onversionchange = () => {
      database.close();
    };
    return new TerminalDatabase(database);
  }

  static async delete(name: string): Promise<void> {
    await answerOf(indexedDB.deleteDatabase(name));
  }

  /** What the caller has put there; undefined when there is nothing. */
  async get<Value>(store: StoreName, key: string): Promise<Value | undefined> {
    return (await answerOf(this.reading(store).get(key))) as Value | undefined;
  }

  async all<Value>(store: StoreName): Promise<readonly Value[]> {
    return (await answerOf(this.reading(store).getAll())) as Value[];
  }

  put(store: StoreName, key: string, value: unknown): Promise<void> {
    return this.write(store, (values) => values.put(value, key));
  }

  /** Puts the value where there is none yet; gives what is there then, whoever was first. */
  async putFirst<Value>(store: StoreName, key: string, value: Value): Promise<Value> {
    await this.write(store, (values) => {
      const known = values.getKey(key);
      known.onsuccess = () => {
        if (known.result === undefined) values.put(value, key);
      };
    });
    return (await this.get<Value>(store, key)) ?? value;
  }

  add(store: StoreName, value: unknown): Promise<void> {
    return this.write(store, (values) => values.add(value));
  }

  /** All at once or not at all. */
  replace(store: StoreName, values: readonly unknown[]): Promise<void> {
    return this.write(store, (place) => {
      place.clear();
      for (const value of values) place.add(value);
    });
  }

  close(): void {
    this.database.close();
  }

  private reading(store: StoreName): IDBObjectStore {
    return this.database.transaction(store).objectStore(store);
  }

  /** `strict`: the browser flushes to the disk before it says that the transaction is complete. */
  private write(store: StoreName, act: (values: IDBObjectStore) => unknown): Promise<void> {
    return new Promise((resolve, reject) => {
      const transaction = this.database.transaction(store, 'readwrite', { durability: 'strict' });
      transaction.oncomplete = () => {
        resolve();
      };
      transaction.onabort = () => {
        reject(transaction.error ?? new Error('the browser could not write'));
      };
      act(transaction.objectStore(store));
    });
  }
}

function answerOf<Answer>(request: IDBRequest<Answer>): Promise<Answer> {
  return new Promise((resolve, reject) => {
    request.onsuccess = () => {
      resolve(request.result);
    };
    request.onerror = () => {
      reject(request.error ?? new Error('the browser could not read'));
    };
  });
}
