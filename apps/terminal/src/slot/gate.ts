/** Holds what is to be done while a terminal is frozen, and does it in order when it goes on. */
export class Gate {
  private waiting: (() => void)[] = [];
  private shut = false;

  run(act: () => void): void {
    if (this.shut) this.waiting.push(act);
    else act();
  }

  passed(): Promise<void> {
    return new Promise((resolve) => {
      this.run(resolve);
    });
  }

  set(shut: boolean): void {
    this.shut = shut;
    if (shut) return;
    const held = this.waiting;
    this.waiting = [];
    for (const act of held) act();
  }

  /** What waits is never done. */
  forget(): void {
    this.waiting = [];
  }
}
