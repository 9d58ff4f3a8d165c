const key = 'tillgate.demo-pin';

/** The link that the demo account is printed with also says its PIN; it leaves the address here. */
export function rememberDemoPin(): void {
  const pin = new URLSearchParams(location.hash.slice(1)).get('pin');
  if (pin !== null) sessionStorage.setItem(key, pin);
  if (location.hash !== '') history.replaceState(history.state, '', location.pathname + location.search);
}

/** What is typed on a terminal of the demo account; null: this is another account. */
export const demoPin = (): string | null => sessionStorage.getItem(key);
