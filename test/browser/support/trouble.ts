import type { Route } from 'playwright-core';
import { eventually } from '../../support/eventually.js';
import type { Answer } from '../../support/world.js';

/** What a terminal says of itself may be a moment ahead of what the platform knows. */
export const accepted = (send: () => Promise<Answer>): Promise<Answer> =>
  eventually('it is accepted', async () => {
    const answer = await send();
    return answer.status < 300 ? answer : false;
  });

export const unreachable = (route: Route): Promise<void> => route.abort('connectionfailed');

/** The platform gets the call, and its answer is lost on the way. */
export async function answerLost(route: Route): Promise<void> {
  await route.fetch();
  await route.abort('connectionfailed');
}
