const form = /^[0-9A-Z]{4}$/;

/** Codes compare without case. Null, which equals no code, for what cannot be one: some texts a database would not even read. */
export function comparableCode(text: string): string | null {
  const code = text.toUpperCase();
  return form.test(code) ? code : null;
}
