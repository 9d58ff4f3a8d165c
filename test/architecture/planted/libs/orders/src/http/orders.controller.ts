import { order } from '../domain/order.js';

export const OrdersController = order;
