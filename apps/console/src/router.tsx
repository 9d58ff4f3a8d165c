import { Anchor } from '@mantine/core';
import { IconMapQuestion } from '@tabler/icons-react';
import { createRootRoute, createRoute, createRouter, lazyRouteComponent, Link } from '@tanstack/react-router';
import { Empty, Failed } from './parts/states.js';
import { searchedFilter } from './payments/filter.js';
import { Shell } from './shell/shell.js';

const root = createRootRoute({
  component: Shell,
  errorComponent: ({ error, reset }) => (
    <Failed error={error instanceof Error ? error : new Error(String(error))} retry={reset} />
  ),
  notFoundComponent: () => (
    <Empty
      icon={<IconMapQuestion size={28} />}
      title="There is no such page"
      text="The address may be old."
      action={
        <Anchor component={Link} to="/">
          To the overview
        </Anchor>
      }
    />
  ),
});
const under = { getParentRoute: () => root } as const;

/** Each page is loaded when it is opened. */
const routes = root.addChildren([
  createRoute({ ...under, path: '/', component: lazyRouteComponent(() => import('./pages/overview.js'), 'Overview') }),
  createRoute({
    ...under,
    path: '/devices',
    component: lazyRouteComponent(() => import('./pages/devices.js'), 'Devices'),
  }),
  createRoute({
    ...under,
    path: '/devices/$code',
    component: lazyRouteComponent(() => import('./pages/device.js'), 'Device'),
  }),
  createRoute({
    ...under,
    path: '/payments',
    validateSearch: searchedFilter,
    component: lazyRouteComponent(() => import('./pages/payments.js'), 'Payments'),
  }),
  createRoute({
    ...under,
    path: '/payments/$id',
    component: lazyRouteComponent(() => import('./pages/payment.js'), 'Payment'),
  }),
  createRoute({ ...under, path: '/try', component: lazyRouteComponent(() => import('./pages/try.js'), 'Try') }),
  createRoute({
    ...under,
    path: '/api-access',
    component: lazyRouteComponent(() => import('./pages/api-access.js'), 'ApiAccess'),
  }),
  createRoute({
    ...under,
    path: '/webhooks',
    component: lazyRouteComponent(() => import('./pages/webhooks.js'), 'Webhooks'),
  }),
  createRoute({
    ...under,
    path: '/webhooks/$id',
    component: lazyRouteComponent(() => import('./pages/webhook.js'), 'Webhook'),
  }),
  createRoute({
    ...under,
    path: '/events',
    component: lazyRouteComponent(() => import('./pages/events.js'), 'Events'),
  }),
  createRoute({ ...under, path: '/users', component: lazyRouteComponent(() => import('./pages/users.js'), 'Users') }),
  createRoute({
    ...under,
    path: '/settings',
    component: lazyRouteComponent(() => import('./pages/settings.js'), 'Settings'),
  }),
  createRoute({ ...under, path: '/audit', component: lazyRouteComponent(() => import('./pages/audit.js'), 'Audit') }),
]);

export const router = createRouter({ routeTree: routes, basepath: '/console' });

declare module '@tanstack/react-router' {
  interface Register {
    router: typeof router;
  }
}
