const key = 'tillgate.demo-pin';

/** The link that the demo account is printed with also says its PIN; it is that of no other user. */
export function rememberDemoPin(email: string): void {
  const link = new URLSearchParams(location.hash.slice(1));
  const pin = link.get('pin');
  if (pin !== null && link.get('email') === email) sessionStorage.setItem(key, pin);
}

export function forgetDemoPin(): void {
  sessionStorage.removeItem(key);
}

/** What that link says to log in with does not stay in the address. */
export function clearAddress(): void {
  if (location.hash !== '') history.replaceState(history.state, '', location.pathname + location.search);
}

/** What is typed on a terminal of the demo account; null: this is another account. */
export const demoPin = (): string | null => sessionStorage.getItem(key);
