/** Whole euros. */
export const freeDeliveryFrom = 80;
export const deliveryPrice = 6;
