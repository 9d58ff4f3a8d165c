import { randomUUID } from 'node:crypto';

export const order = randomUUID;
