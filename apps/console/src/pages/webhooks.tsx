import { Page } from '../parts/page.js';

export function Webhooks() {
  return <Page title="Webhooks">Not built yet.</Page>;
}
