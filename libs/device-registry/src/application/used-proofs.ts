/** A proof is good from 60 s before to 60 s after the time that it names. */
const lifeMs = 120_000;

/**
 * Remembers the proofs of one process for as long as they could be shown again. Two generations take turns, so nothing
 * is searched or timed out; a flood shortens the memory, and never lets it grow.
 */
export class UsedProofs {
  private young = new Set<string>();
  private old = new Set<string>();
  private turnedAt = 0;

  constructor(private readonly atMost = 50_000) {}

  /** False when it was used before. */
  use(proof: string, now: number): boolean {
    if (now - this.turnedAt >= lifeMs) this.turn(now);
    if (this.young.size >= this.atMost) this.turn(now);
    if (this.young.has(proof) || this.old.has(proof)) return false;
    this.young.add(proof);
    return true;
  }

  private turn(now: number): void {
    this.old = this.young;
    this.young = new Set();
    this.turnedAt = now;
  }
}
