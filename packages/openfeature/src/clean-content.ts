import { slotValue, type SlotContent } from "@murmur/core";

/** Fields of a slot's content that are addresses, by how their names end. */
const ADDRESSES = /(href|src|url|link|image)$/i;

/**
 * A copy of a slot's content, which is the caller's own, without addresses that would run code: content may have them from
 * the visitor's traits, or from the page's address.
 */
export function cleanContent(content: SlotContent): SlotContent {
  const isUnsafe = (key: string, value: unknown): boolean =>
    ADDRESSES.test(key) && typeof value === "string" && slotValue("href", "a", key, value) === undefined;
  return JSON.parse(
    JSON.stringify(content, (key, value: unknown) => (isUnsafe(key, value) ? undefined : value)),
  ) as SlotContent;
}
