import { Page } from '../parts/page.js';

export function Device() {
  return <Page title="Device">Not built yet.</Page>;
}
