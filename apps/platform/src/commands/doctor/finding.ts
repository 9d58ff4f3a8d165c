/** What one look found. `todo`: what to do about it. */
export interface Finding {
  readonly about: string;
  readonly state: 'good' | 'warning' | 'bad';
  readonly says: string;
  readonly todo?: string;
}

export const good = (about: string, says: string): Finding => ({ about, state: 'good', says });
export const warning = (about: string, says: string, todo: string): Finding => ({
  about,
  state: 'warning',
  says,
  todo,
});
export const bad = (about: string, says: string, todo: string): Finding => ({ about, state: 'bad', says, todo });

export const wordsOf = (error: unknown): string => {
  if (error instanceof AggregateError) return error.errors.map(wordsOf).join(', ');
  return error instanceof Error ? error.message : String(error);
};
