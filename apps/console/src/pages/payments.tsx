import { Page } from '../parts/page.js';

export function Payments() {
  return <Page title="Payments">Not built yet.</Page>;
}
