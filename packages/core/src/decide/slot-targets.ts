import { landing } from "../definition/expression.ts";
import { isSafeUrl } from "./is-safe-url.ts";

/** What `data-murmur-…` puts a field of the content into: an attribute of that name, or the element's text. */
export const SLOT_TARGETS = ["text", "href", "src", "alt"] as const;

export type SlotTarget = (typeof SLOT_TARGETS)[number];

/** Elements of which a text or an address is code, or decides where code comes from. */
const CODE =
  /^(script|style|link|base|meta|object|embed|applet|xmp|iframe|no(script|embed|frames)|plaintext|template)$/i;

/** Whether anything of a slot's content may be put into an element of that name. */
export function takesContent(element: string): boolean {
  return !CODE.test(element);
}

/** What a target shows of a field's value; undefined where the page's own stays: it is no text, or an address that runs code. */
export function slotValue(target: SlotTarget, value: unknown): string | undefined {
  if (typeof value !== "string") return undefined;
  return target === "text" || target === "alt" || isSafeUrl(value) ? value : undefined;
}

/**
 * The markup that `data-murmur-html` shows: of a field that is named as such, for then it is the definition's, and what was
 * filled into it was escaped for that. Undefined where the page's own stays.
 */
export function slotHtml(field: string, value: unknown): string | undefined {
  return landing(field) === "html" && typeof value === "string" ? value : undefined;
}
