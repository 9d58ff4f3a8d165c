import { Page } from '../parts/page.js';

export function Audit() {
  return <Page title="Audit">Not built yet.</Page>;
}
