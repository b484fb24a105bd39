/**
 * The address, where it cannot run code: a relative one, or one of http, https, mailto or tel. Read as a browser reads it,
 * which takes no notice of spaces before it and of line breaks in it. https://url.spec.whatwg.org/#concept-basic-url-parser
 */
export function safeUrl(address: unknown): string | undefined {
  if (typeof address !== "string") return undefined;
  try {
    // What is relative is so to the page.
    return /^(https?|mailto|tel):$/.test(new URL(address, "https://page").protocol) ? address : undefined;
  } catch {
    return undefined;
  }
}
