import { Page } from '../parts/page.js';

export function Devices() {
  return <Page title="Devices">Not built yet.</Page>;
}
