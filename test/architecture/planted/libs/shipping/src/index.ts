export const shipment = 'a shipment';
