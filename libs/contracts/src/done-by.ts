import { z } from 'zod';

/** Who made a change. */
export const doneBy = z.object({ kind: z.enum(['user', 'api_access', 'system']), id: z.string(), name: z.string() });
