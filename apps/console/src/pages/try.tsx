import { Page } from '../parts/page.js';

export function Try() {
  return <Page title="Try">Not built yet.</Page>;
}
