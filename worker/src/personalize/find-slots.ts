import { onEnd } from "./on-end.ts";
import { rewriteSlots, type Decisions } from "./rewrite-slots.ts";

/** A page that HTMLRewriter has read, and where its slots are. */
export interface KnownBytes {
  /** Of the page, from its beginning. */
  bytes: Uint8Array;
  /** Where the last slot ends: what `bytes` has after that names none. */
  end: number;
  /** The slots, those that are in no other: offsets in `bytes`, `to` not included. */
  slots: readonly { from: number; to: number }[];
  /** The page's `Content-Type`, which tells the encoding. */
  type: string;
}

/** What one visitor has in place of the slots. */
export interface FilledSlots {
  slots: readonly Uint8Array[];
  /** What belongs at the end of the page. */
  end: Uint8Array;
}

/** The attribute's name, of which there is no slot without; in whatever case. */
const NAME = "data-murmur-slot";
const NAMED = new RegExp(NAME, "i");
/** One character for each byte. */
const latin1 = new TextDecoder("latin1");

/** How much of a name may lie at the end of what has come. */
const OVERLAP = NAME.length - 1;

/** As much of what has come before as may be the beginning of a name. */
export function endOf(bytes: Uint8Array, before = ""): string {
  return (before + latin1.decode(bytes.subarray(-OVERLAP))).slice(-OVERLAP);
}

/** Whether bytes may have a slot that begins in them, or in the `end` of those before. */
export function mayHaveSlot(bytes: Uint8Array, end: string): boolean {
  const text = latin1.decode(bytes);
  return NAMED.test(text) || NAMED.test(end + text.slice(0, OVERLAP));
}

/**
 * Where the slots of a page lie, of which so many bytes are at hand. Undefined where that cannot be said: there is a slot that has not
 * ended.
 */
export async function findSlots(bytes: Uint8Array, type: string): Promise<KnownBytes | undefined> {
  const parts = await readParts(bytes, type, undefined);
  if (!parts) return undefined;
  const slots: { from: number; to: number }[] = [];
  let end = 0;
  for (const [index, { length }] of parts.slice(0, -1).entries()) {
    if (index % 2 === 1) slots.push({ from: end, to: end + length });
    end += length;
  }
  // A name in a comment, say, or in a tag that is cut off: it depends on what follows.
  const isNamed = mayHaveSlot(bytes.subarray(end), "");
  return { bytes: bytes.slice(0, isNamed ? end : undefined), end, slots, type };
}

/** Shows decisions in a page's slots, by HTMLRewriter: the bytes that it makes of each; the page's own without decisions. */
export async function fillSlots(
  { bytes, end, slots, type }: KnownBytes,
  decisions: Decisions | undefined,
): Promise<FilledSlots> {
  const parts = decisions && (await readParts(bytes.subarray(0, end), type, decisions));
  return parts
    ? { slots: parts.filter((_part, index) => index % 2 === 1), end: parts.at(-1)! }
    : { slots: slots.map(({ from, to }) => bytes.subarray(from, to)), end: new Uint8Array() };
}

/** What a page becomes, taken apart where slots begin and end: what is before the first, the first, what is before the second, … */
async function readParts(
  bytes: Uint8Array,
  type: string,
  decisions: Decisions | undefined,
): Promise<Uint8Array[] | undefined> {
  const mark = `<!--${crypto.randomUUID()}-->`;
  const markup = { html: true };
  let depth = 0;
  const onSlot = (element: Element): void => {
    if (depth === 0) element.before(mark, markup);
    if (onEnd(element, (tag) => void (--depth === 0 && tag.after(mark, markup)))) depth++;
    else if (depth === 0) element.after(mark, markup);
  };
  const page = new Response(bytes, { headers: { "content-type": type } });
  const read = rewriteSlots(page, { decided: () => decisions, onSlot });
  const made = new Uint8Array(await read.arrayBuffer());
  if (depth > 0) return undefined;
  let at = 0;
  return latin1
    .decode(made)
    .split(mark)
    .map(({ length }) => {
      const part = made.slice(at, at + length);
      at += length + mark.length;
      return part;
    });
}
