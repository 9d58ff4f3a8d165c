import { Page } from '../parts/page.js';

export function ApiAccess() {
  return <Page title="ApiAccess">Not built yet.</Page>;
}
