import { Page } from '../parts/page.js';

export function Events() {
  return <Page title="Events">Not built yet.</Page>;
}
