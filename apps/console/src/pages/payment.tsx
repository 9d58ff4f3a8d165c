import { Page } from '../parts/page.js';

export function Payment() {
  return <Page title="Payment">Not built yet.</Page>;
}
