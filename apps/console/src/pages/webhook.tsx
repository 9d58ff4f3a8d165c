import { Page } from '../parts/page.js';

export function Webhook() {
  return <Page title="Webhook">Not built yet.</Page>;
}
