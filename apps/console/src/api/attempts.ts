/** Names each intention to pay once: what is sent again after a failure has the key of the first time, and is charged once. */
export class Attempts {
  private last: { readonly order: string; readonly key: string } | null = null;

  /** The key of this order, for as long as it was not accepted. */
  keyOf(order: object): string {
    const text = JSON.stringify(order);
    if (this.last?.order !== text) this.last = { order: text, key: newKey() };
    return this.last.key;
  }

  /** It was accepted: the same order again is another payment. */
  accepted(): void {
    this.last = null;
  }
}

/** Also where a page is not served by HTTPS, and has no `randomUUID`. */
const newKey = (): string =>
  Array.from(crypto.getRandomValues(new Uint8Array(16)), (byte) => byte.toString(16).padStart(2, '0')).join('');
