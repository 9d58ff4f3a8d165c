import type { PlatformConfig } from '../platform.config.js';
import type { DemoAccount } from './demo-account.js';

/** What a first-time user reads after `npm start`. The command finds a terminal that listens by itself, the newest, so that it works as it stands. */
export function welcome(config: PlatformConfig, demo: DemoAccount): string {
  const { url, apiToken, currency, email, password, pin } = demo;
  // After the #, so that no server and no log sees it: the log-in finds its fields filled.
  const logIn = new URLSearchParams({ email, password, pin }).toString();
  const code = `$(curl -s -H 'api-token: ${apiToken}' ${url}/v2/devices | grep -o '"code":"[^"]*"[^}]*"listening":true' | tail -1 | cut -d'"' -f4)`;
  return `
Tillgate is running.

  Console         ${url}/console#${logIn}
  Terminal        ${url}/terminal
  REST API        ${url}/v2          reference: ${url}/docs
  Database        ${config.databaseUrl === null ? `embedded PostgreSQL in ${config.home}` : 'DATABASE_URL'}
  Events          ${config.brokerUrl === null ? 'in process' : 'RabbitMQ, BROKER_URL'}
  Demo account    ${demo.email}  password ${demo.password}  PIN ${demo.pin}
                  kept in ${config.home}/demo.json

Open the console: its first page leads you to the first payment, with the mouse alone. Or in the shell:

1. In a second shell, start three terminals:

  npx tillgate simulate --count 3

2. Then send the first payment to one of them:

  curl -s -X POST "${url}/v2/devices/${code}/payment/purchase" \\
    -H 'api-token: ${apiToken}' -H 'content-type: application/json' -H 'prefer: wait=30' \\
    -d '{"currency":"${currency}","transactionAmount":10.25}'

Press Ctrl-C to stop.

`;
}
