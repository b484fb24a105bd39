import type { SlotContent } from "../definition/slot.ts";
import type { TextPlan, ValuePlan } from "../engine/text-plan.ts";
import { isObject } from "../log/is-object.ts";
import { isSafeUrl } from "./is-safe-url.ts";

/** What stands for a path; anything but a text, a finite number, true or false is missing. */
export type Lookup = (path: string) => unknown;

/**
 * Content with the values of its texts filled in; it is the same one where there are none. A value is data, whatever it
 * holds: it is escaped for where it lands, and never read as an expression. A URL that would run code is left out, and its
 * field with it; in a list, null stands for it.
 */
export function fillTexts(
  content: SlotContent,
  texts: readonly TextPlan[] | undefined,
  lookup: Lookup,
): SlotContent {
  if (!texts) return content;
  const made = copied(content) as Holder;
  for (const { at, parts, url } of texts) {
    const field = at.at(-1) as string | number;
    const holder = at.slice(0, -1).reduce((inner, key) => inner[key] as Holder, made);
    const text = parts.map((part) => (typeof part === "string" ? part : printed(part, lookup))).join("");
    if (!url || isSafeUrl(text)) holder[field] = text;
    else if (Array.isArray(holder)) holder[field] = null;
    else delete holder[field];
  }
  return made as SlotContent;
}

type Holder = Record<string | number, unknown>;

/** By hand: pages there are that change what JSON is. */
function copied(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(copied);
  if (!isObject(value)) return value;
  return Object.fromEntries(Object.entries(value).map(([key, inner]) => [key, copied(inner)]));
}

function printed([path, escape, otherwise]: ValuePlan, lookup: Lookup): string {
  const found = lookup(path);
  let text =
    typeof found === "string" || typeof found === "boolean" || Number.isFinite(found) ? `${found}` : "";
  if (escape === 1) text = text.replace(/[&<>"'`]/g, (sign) => `&#${sign.charCodeAt(0)};`);
  if (escape === 2) text = urlPart(text);
  return text || otherwise;
}

/** A value as one part of a URL. What would lead elsewhere, or is no Unicode, is none. */
function urlPart(value: string): string {
  try {
    return /^\.\.?$/.test(value) ? "" : encodeURIComponent(value).replaceAll("'", "%27");
  } catch {
    return "";
  }
}
