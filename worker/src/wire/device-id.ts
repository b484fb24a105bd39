/** A device's random id: 128 bit as 32 hex digits. */
export const DEVICE_ID = /^[0-9a-f]{32}$/;
