import { Page } from '../parts/page.js';

export function Users() {
  return <Page title="Users">Not built yet.</Page>;
}
