import { order } from '../../../libs/orders/src/domain/order.js';

export const main = order;
