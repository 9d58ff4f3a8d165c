import { left } from './left.js';

export const right = () => left;
