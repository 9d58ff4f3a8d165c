import { placeOrder } from '../../orders/src/index.js';

export const bus = placeOrder;
