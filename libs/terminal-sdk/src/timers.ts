/** Short waits that end with their owner, so that nothing happens after it was switched off. */
export class Timers {
  private readonly running = new Set<ReturnType<typeof setTimeout>>();

  /** Gives the function that takes it back. */
  after(ms: number, act: () => void): () => void {
    const timer = setTimeout(() => {
      this.running.delete(timer);
      act();
    }, ms);
    this.running.add(timer);
    return () => {
      clearTimeout(timer);
      this.running.delete(timer);
    };
  }

  /** Ends them all: none of them acts any more. */
  clear(): void {
    for (const timer of this.running) clearTimeout(timer);
    this.running.clear();
  }
}
