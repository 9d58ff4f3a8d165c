import { database } from '../../../libs/database/src/index.js';

export const main = database;
