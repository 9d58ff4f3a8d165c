export { placeOrder } from './application/place-order.js';
export { shipOrder } from './application/ship-order.js';
export { OrdersController } from './http/orders.controller.js';
export { findOrder } from './queries/find-order.js';
export { queue } from './infrastructure/queue.js';
export { left } from './infrastructure/left.js';
