import { Page } from '../parts/page.js';

export function Settings() {
  return <Page title="Settings">Not built yet.</Page>;
}
