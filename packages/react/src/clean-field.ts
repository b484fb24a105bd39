import type { SlotDecision } from "@murmur/core";
import { safeUrl } from "./safe-url.ts";

/** Fields of a slot's content that are addresses, by how their names end. */
const ADDRESSES = /(href|src|url|link|image)$/i;

const cleaned = new Map<string, SlotDecision>();

/**
 * The decision without addresses that would run code, which its content may have from a visitor's own traits. React
 * itself lets them through before version 19. The same object for equal decisions.
 */
export function cleanDecision(decision: SlotDecision): SlotDecision {
  const json = JSON.stringify(decision);
  let known = cleaned.get(json);
  if (!known)
    cleaned.set(
      json,
      (known = JSON.parse(json, (key, value: unknown) =>
        ADDRESSES.test(key) && typeof value === "string" ? safeUrl(value) : value,
      ) as SlotDecision),
    );
  return known;
}
