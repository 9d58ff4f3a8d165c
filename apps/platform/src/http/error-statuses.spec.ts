import { describe, expect, it } from '@jest/globals';
import { errorStatuses } from './error-statuses.js';

describe('the statuses of error codes', () => {
  it('are refusals and faults, and each code is one word', () => {
    for (const [code, status] of Object.entries(errorStatuses)) {
      expect(code).toMatch(/^[a-z]+(_[a-z]+)*$/);
      expect(status).toBeGreaterThanOrEqual(400);
      expect(status).toBeLessThan(600);
    }
  });

  it('are those that existing clients know', () => {
    expect(errorStatuses).toMatchObject({
      ...{ unauthenticated: 401, forbidden: 403, device_not_found: 404 },
      ...{ api_mode_off: 409, device_locked: 409, device_not_listening: 409, device_busy: 409 },
      ...{ idempotency_key_reused: 409, too_many_requests: 429, internal_error: 500 },
    });
  });
});
