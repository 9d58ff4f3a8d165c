import { readFileSync } from 'node:fs';

export const contract = readFileSync;
