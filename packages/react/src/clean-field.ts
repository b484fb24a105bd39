import { safeUrl } from "./safe-url.ts";

/** Fields of a slot's content that are addresses, by how their names end. */
const ADDRESSES = /(href|src|url|link|image)$/i;

/**
 * For `JSON.stringify`: leaves out addresses that would run code, which content may have from a visitor's own traits. React
 * itself lets them through before version 19.
 */
export function cleanField(key: string, value: unknown): unknown {
  return ADDRESSES.test(key) && typeof value === "string" ? safeUrl(value) : value;
}
