import '../../../libs/orders/src/index.js';
