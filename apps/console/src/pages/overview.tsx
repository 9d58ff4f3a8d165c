import { Page } from '../parts/page.js';

export function Overview() {
  return <Page title="Overview">Not built yet.</Page>;
}
