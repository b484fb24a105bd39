/** Events that say that somebody was here, when a preset is told of no others. */
export const DEFAULT_ACTIVITY: readonly string[] = [
  "Page Viewed",
  "Product Viewed",
  "Product Added",
  "Order Completed",
  "Signed In",
];
