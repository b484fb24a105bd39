import { fillSlots, findSlots, type FilledSlots, type KnownBytes } from "./find-slots.ts";
import type { Decisions } from "./rewrite-slots.ts";

/** How many pages are remembered by an isolate, how long the name of one may be, and what is kept of one and of all, bytes. */
const REMEMBERED = 200;
const LONGEST_NAME = 1_000;
const LONGEST = 262_144;
const MOST_BYTES = 16_777_216;
/** Of what visitors were shown in one page, bytes. */
const MOST_FILLED = 65_536;
/** What a page costs that was another than was known, where one that was as it was known gains one. */
const LOSS = 2;
const MOST_CREDIT = 8;

/** A page that was here before. */
export interface KnownPage {
  /** What it was, once that is learnt. */
  was: KnownBytes | undefined;
  /** What its slots became, by what was decided. */
  filled: Map<string, FilledSlots>;
  filledBytes: number;
  /** Below zero it begins differently each time, and is not learnt again. */
  credit: number;
}

const pages = new Map<string, KnownPage>();
let bytesKept = 0;

/**
 * A page as this isolate knows it, by its address without the query; undefined the first time, where it is not worth it, and where
 * the shop does not want it kept. Nothing of it is taken on trust: who uses it compares the bytes.
 */
export function knownPage(url: string, { headers }: Response): KnownPage | undefined {
  if (/\b(no-store|private)\b/i.test(headers.get("cache-control") ?? "")) return undefined;
  const name = `${headers.get("content-type")} ${url.split(/[?#]/, 1)[0]}`;
  if (name.length > LONGEST_NAME) return undefined;
  const known = pages.get(name);
  if (known) return known.credit < 0 ? undefined : known;
  if (pages.size >= REMEMBERED || bytesKept > MOST_BYTES) {
    pages.clear();
    bytesKept = 0;
  }
  pages.set(name, { was: undefined, filled: new Map(), filledBytes: 0, credit: LOSS });
  return undefined;
}

/** Learns a page by its `body`, which is read no further than is kept. */
export async function learn(known: KnownPage, body: ReadableStream<Uint8Array>, type: string): Promise<void> {
  const pieces: Uint8Array[] = [];
  let size = 0;
  const reader = body.getReader();
  while (size < LONGEST) {
    const { done, value } = await reader.read();
    if (done) break;
    pieces.push(value.subarray(0, LONGEST - size));
    size += pieces.at(-1)!.length;
  }
  await reader.cancel();
  const was = await findSlots(joined(pieces), type);
  if (was) keep(known, was);
  else forget(known);
}

/** It was as it is known. */
export function confirm(known: KnownPage): void {
  known.credit = Math.min(known.credit + 1, MOST_CREDIT);
}

/** It was not, or cannot be known: it is learnt anew, as long as that is worth it. */
export function forget(known: KnownPage): void {
  keep(known, undefined);
  known.credit -= LOSS;
}

function keep(known: KnownPage, was: KnownBytes | undefined): void {
  bytesKept += (was?.bytes.length ?? 0) - (known.was?.bytes.length ?? 0);
  known.was = was;
  clear(known);
}

function clear(known: KnownPage): void {
  known.filled.clear();
  known.filledBytes = 0;
}

/** What the slots of a page become by what was decided. */
export async function filledFor(
  known: KnownPage,
  was: KnownBytes,
  decisions: Decisions | undefined,
): Promise<FilledSlots> {
  const name = JSON.stringify(decisions) ?? "";
  const before = known.was === was ? known.filled.get(name) : undefined;
  if (before) return before;
  const filled = await fillSlots(was, decisions);
  const size = [...filled.slots, filled.end].reduce((sum, { length }) => sum + length, name.length);
  // Meanwhile it may have been learnt anew.
  if (known.was !== was || size > MOST_FILLED) return filled;
  if (known.filledBytes + size > MOST_FILLED) clear(known);
  known.filled.set(name, filled);
  known.filledBytes += size;
  return filled;
}

/** Pieces as one. */
export function joined(parts: readonly Uint8Array[]): Uint8Array {
  const all = new Uint8Array(parts.reduce((sum, { length }) => sum + length, 0));
  let at = 0;
  for (const part of parts) {
    all.set(part, at);
    at += part.length;
  }
  return all;
}
