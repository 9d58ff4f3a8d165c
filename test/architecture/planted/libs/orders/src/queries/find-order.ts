import { order } from '../domain/order.js';

export const findOrder = order;
