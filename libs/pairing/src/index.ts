export { pairingSchema } from './infrastructure/pairing.schema.js';
export { PairingModule } from './pairing.module.js';
