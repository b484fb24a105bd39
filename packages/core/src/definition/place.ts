/** Where something is evaluated: on the device and at the edge (`both`, the default), or on one of them alone. */
export type Place = "both" | "edge" | "device";
