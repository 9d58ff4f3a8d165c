import { z } from 'zod';
import { platformFrame } from './platform-frames.js';

/** A frame on its way to the node that holds the connection; dropped there if the connection is gone. */
export const addressedFrame = z.object({ connectionId: z.uuid(), frame: platformFrame });
export type AddressedFrame = z.output<typeof addressedFrame>;
