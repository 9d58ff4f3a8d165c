import type { DataSource } from 'typeorm';

/** Marks confirmed rows as sent, many in one statement: while one is under way, the next collects. */
export class SentMarks {
  private ids: string[] = [];
  private flushing: Promise<void> | undefined;

  constructor(private readonly dataSource: DataSource) {}

  add(id: string): void {
    this.ids.push(id);
    this.flushing ??= this.flush();
  }

  /** Resolves when nothing is left to mark. */
  async flushed(): Promise<void> {
    await this.flushing;
  }

  /** A mark that fails costs a repeat, which every inbox drops. */
  private async flush(): Promise<void> {
    while (this.ids.length > 0) {
      await new Promise((resolve) => setTimeout(resolve, 10));
      const ids = this.ids;
      this.ids = [];
      await this.dataSource
        .query('UPDATE messaging.outbox SET sent_at = clock_timestamp() WHERE id = ANY($1)', [ids])
        .catch(() => undefined);
    }
    // At once, so that whoever comes after the last look begins anew.
    this.flushing = undefined;
  }
}
