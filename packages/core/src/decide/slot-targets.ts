import { isMarkup } from "../definition/expression.ts";
import { isSafeUrl } from "./is-safe-url.ts";

/** What `data-murmur-…` puts a field of the content into: an attribute of that name, or the element, as text or as markup. */
export const SLOT_TARGETS = ["text", "href", "src", "alt", "html"] as const;

export type SlotTarget = (typeof SLOT_TARGETS)[number];

/** Elements of which a text or an address is code, or decides where code comes from. */
const CODE =
  /^(script|style|link|base|meta|object|embed|applet|xmp|iframe|no(script|embed|frames)|plaintext|template)$/i;

/**
 * What an element shows of a field's value. Undefined where the page's own stays: the value is no text, or an address that
 * runs code; the element is code itself; or it is to be markup, and the field is not named as such, for then it would not be the
 * definition's, with what was filled into it escaped for that.
 */
export function slotValue(
  target: SlotTarget,
  element: string,
  field: string,
  value: unknown,
): string | undefined {
  if (typeof value !== "string" || CODE.test(element)) return undefined;
  const isShown = target === "html" ? isMarkup(field) : /^(text|alt)$/.test(target) || isSafeUrl(value);
  return isShown ? value : undefined;
}
