/** What `data-murmur-…` puts a field of the content into: an attribute of that name, or the element's text. */
export const SLOT_TARGETS = ["text", "href", "src", "alt"] as const;

export type SlotTarget = (typeof SLOT_TARGETS)[number];

/** Elements of which a text or an address is code, or decides where code comes from: nothing is put into them. */
const CODE =
  /^(script|style|link|base|meta|object|embed|applet|xmp|iframe|no(script|embed|frames)|plaintext|template)$/i;

/** The one field of a content that is markup. It is the definition's: what is interpolated into it was escaped for that. */
export const SLOT_HTML = "html";

/** Whether a field of the content may be put anywhere in an element of that name. */
export function takesContent(element: string): boolean {
  return !CODE.test(element);
}

/** What a target shows of a field's value; undefined where the page's own stays: it is no text, or an address that is not safe. */
export function slotValue(target: SlotTarget, value: unknown): string | undefined {
  if (typeof value !== "string") return undefined;
  return target === "text" || target === "alt" || isSafeAddress(value) ? value : undefined;
}

/**
 * Whether an address runs no code, whatever page it is on: it names no scheme, or one that only leads somewhere. Read as
 * browsers do: control characters and spaces before it, and tabs and line ends anywhere, count for nothing.
 * https://url.spec.whatwg.org/#concept-basic-url-parser
 */
export function isSafeAddress(address: string): boolean {
  // oxlint-disable-next-line no-control-regex -- what browsers strip
  const read = address.replace(/^[\0- ]+|[\t\n\r]+/g, "");
  const scheme = /^([a-z][a-z\d+.-]*):/i.exec(read)?.[1];
  return scheme === undefined || /^(https?|mailto|tel)$/i.test(scheme);
}
