import { execFile } from 'node:child_process';
import { promisify } from 'node:util';
import { beforeAll, describe, expect, it } from '@jest/globals';

interface Violation {
  readonly from: string;
  readonly rule: { readonly name: string };
}
interface Report {
  readonly summary: {
    readonly violations: readonly Violation[];
    readonly totalCruised: number;
    readonly ruleSetUsed: { readonly forbidden: readonly { readonly name: string }[] };
  };
}

const planted = 'test/architecture/planted';

/** Each border rule, and the planted file that breaks it. */
const plants: readonly (readonly [rule: string, file: string])[] = [
  ['contexts-meet-in-contracts', 'libs/orders/src/application/place-order.ts'],
  ['domain-is-pure', 'libs/orders/src/domain/order.ts'],
  ['application-knows-no-technology', 'libs/orders/src/application/ship-order.ts'],
  ['http-reaches-application-and-queries', 'libs/orders/src/http/orders.controller.ts'],
  ['queries-stand-alone', 'libs/orders/src/queries/find-order.ts'],
  ['contracts-are-shapes', 'libs/contracts/src/index.ts'],
  ['kernel-imports-nothing', 'libs/kernel/src/index.ts'],
  ['plumbing-knows-no-context', 'libs/messaging/src/index.ts'],
  ['apps-enter-by-the-index', 'apps/platform/src/main.ts'],
  ['gateway-is-alone', 'apps/gateway/src/main.ts'],
  ['screens-are-clients', 'apps/console/src/main.tsx'],
  ['amqplib-only-in-messaging', 'libs/orders/src/infrastructure/queue.ts'],
  ['no-cycles', 'libs/orders/src/infrastructure/left.ts'],
  ['no-orphans', 'libs/orders/src/domain/lonely.ts'],
];

async function cruise(config: string, ...folders: string[]): Promise<Report> {
  const args = ['node_modules/.bin/depcruise', '--config', config, '--output-type', 'json', ...folders];
  const report = await promisify(execFile)(process.execPath, args, { maxBuffer: 256 * 1024 * 1024 }).catch(
    // A broken rule is an exit code, and the report is on stdout all the same.
    (error: unknown) => ({ stdout: (error as { stdout?: string }).stdout ?? '' }),
  );
  return JSON.parse(report.stdout) as Report;
}

describe('the borders of the house', () => {
  let broken: Report;
  let house: Report;

  beforeAll(async () => {
    broken = await cruise(`${planted}/dependency-cruiser.mjs`, `${planted}/apps`, `${planted}/libs`);
    house = await cruise('.dependency-cruiser.mjs', 'apps', 'libs');
  });

  it.each(plants)('rule %s fires on its planted violation', (rule, file) => {
    const fired = broken.summary.violations.filter((violation) => violation.rule.name === rule);
    expect(fired.map((violation) => violation.from)).toContain(`${planted}/${file}`);
  });

  it('has a planted violation for every rule', () => {
    const rules = house.summary.ruleSetUsed.forbidden.map((rule) => rule.name);
    expect([...rules].sort()).toEqual(plants.map(([rule]) => rule).sort());
  });

  it('are crossed nowhere', () => {
    expect(house.summary.totalCruised).toBeGreaterThan(100);
    expect(house.summary.violations.map(({ rule, from }) => `${rule.name}: ${from}`)).toEqual([]);
  });
});
