const form = /^[0-9A-Za-z]{4}$/;

/** Codes compare without case. Null, which equals no code, for what cannot be one: some texts a database would not even read. */
export function comparableCode(text: string): string | null {
  return form.test(text) ? text.toUpperCase() : null;
}
