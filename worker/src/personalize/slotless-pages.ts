/** How many pages are remembered by an isolate, and how long the address and tag of one may be. */
const REMEMBERED = 1_000;
const LONGEST = 1_000;

const slotless = new Set<string>();

/** Whether there is no slot in a page, as this isolate has seen: of an origin that says by an `ETag` which page it is, byte for byte. */
export function isSlotless(url: string, page: Response): boolean {
  const name = nameOf(url, page);
  return name !== undefined && slotless.has(name);
}

/** Remembers that there was none. */
export function noteSlotless(url: string, page: Response): void {
  const name = nameOf(url, page);
  if (name === undefined) return;
  if (slotless.size >= REMEMBERED) slotless.clear();
  slotless.add(name);
}

/** Nothing without a strong tag: a weak one may be that of another page, too. https://www.rfc-editor.org/rfc/rfc9110#section-8.8.3 */
function nameOf(url: string, { headers }: Response): string | undefined {
  const tag = headers.get("etag");
  const name = `${tag} ${url}`;
  return tag?.startsWith('"') && name.length <= LONGEST ? name : undefined;
}
