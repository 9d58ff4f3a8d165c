import { options, rules } from '../../../.dependency-cruiser.mjs';

export default { forbidden: rules('test/architecture/planted/'), options };
