/** Whether a value may be an e-mail address at all: one, without what would end it in a header. */
export function isAddress(value: unknown): value is string {
  return typeof value === "string" && value.length <= 254 && /^[^\s@<>,;:"]+@[^\s@<>,;:"]+$/.test(value);
}
