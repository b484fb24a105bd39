import { endOf, mayHaveSlot, type FilledSlots, type KnownBytes } from "./find-slots.ts";
import { confirm, filledFor, forget, joined, type KnownPage } from "./known-pages.ts";
import { rewriteSlots, type Rewrite } from "./rewrite-slots.ts";

/** How much is read at once, bytes: each reading is a turn of its own to the platform. */
const PIECE = 131_072;
/** Before a piece, for the slots, which grow when they are filled: a copy less of what follows them. */
const ROOM = 16_384;
/** What pages were read into: to make one anew for each costs more than to read it. So many are kept. */
const spare: ArrayBuffer[] = [];
const MOST_SPARE = 16;
/** How much is held of what differs from the page that is known, in case that HTMLRewriter has to read it, bytes. */
const MOST_HELD = 524_288;
/** How exactly it is looked for where one begins to differ, bytes. */
const FINE = 1_024;
/** Pages that come in many pieces, and smaller ones than that, bytes, HTMLRewriter reads at less cost. */
const MANY = 16;
const SMALL = 8_192;

/**
 * The body of a page that is known, its slots filled: byte for byte as HTMLRewriter would make it, which does not read it again, for the same
 * bytes read the same, and what follows them has no slot where none is named. Where it has other bytes to the end of its last slot, or another
 * slot after all, HTMLRewriter reads it from its beginning and goes on from what was passed on. Undefined of a body that cannot be
 * read in large pieces.
 */
export function showKnown(
  body: ReadableStream<Uint8Array>,
  known: KnownPage,
  was: KnownBytes,
  rewrite: Rewrite,
): ReadableStream<Uint8Array> | undefined {
  let reader: ReadableStreamBYOBReader;
  try {
    reader = body.getReader({ mode: "byob" });
  } catch {
    return undefined;
  }
  const { readable, writable } = new IdentityTransformStream();
  void new Showing({ reader, known, was, rewrite, writer: writable.getWriter() }).run();
  return readable;
}

interface Source {
  reader: ReadableStreamBYOBReader;
  known: KnownPage;
  was: KnownBytes;
  rewrite: Rewrite;
  writer: WritableStreamDefaultWriter<Uint8Array>;
}

class Showing {
  readonly #source: Source;
  /** How much has come that is as it is known. */
  #at = 0;
  /** How many slots have been shown, and what the visitor has in them. */
  #slots = 0;
  #filled: FilledSlots | undefined;
  /** What came after that, and how much it is; with the end of what was before. */
  readonly #others: Uint8Array[] = [];
  #held = 0;
  #end: string | undefined;
  /** What is to be written next; and how much has been, bytes. */
  #out: Uint8Array[] = [];
  #written = 0;

  constructor(source: Source) {
    this.#source = source;
  }

  /** Whoever reads the page hears of what goes wrong. */
  async run(): Promise<void> {
    const { reader, known, was, rewrite, writer } = this.#source;
    try {
      let pieces = 0;
      for (let buffer = spare.pop() ?? new ArrayBuffer(ROOM + PIECE); ; pieces++) {
        const { done, value } = await reader.read(new Uint8Array(buffer, ROOM));
        if (value) buffer = value.buffer as ArrayBuffer;
        if (done) {
          if (buffer.byteLength === ROOM + PIECE && spare.length < MOST_SPARE) spare.push(buffer);
          break;
        }
        if (!(await this.#take(value))) return await this.#readAll(value);
      }
      if (this.#at < was.end) return await this.#readAll();
      if (pieces > MANY && this.#at + this.#held < pieces * SMALL) forget(known);
      else confirm(known);
      // Each that is waited for is a turn of its own.
      await Promise.all([this.#filled && this.#write(this.#filled.end), writer.close()]);
      if (was.slots.length === 0) rewrite.onSlotless?.();
    } catch (error) {
      await Promise.allSettled([writer.abort(error), reader.cancel(error)]);
    }
  }

  /** Passes a piece on; false, and nothing has happened, where HTMLRewriter has to read it. */
  async #take(piece: Uint8Array): Promise<boolean> {
    const from = this.#at;
    const same = this.#sameOf(piece);
    if (same === undefined) return false;
    const other = piece.subarray(same);
    if (other.length > 0) {
      const before = this.#end ?? endOf(this.#source.was.bytes.subarray(0, from + same));
      if (this.#held + other.length > MOST_HELD || mayHaveSlot(other, before)) return false;
      this.#end = endOf(other, before);
      this.#others.push(other.slice());
      this.#held += other.length;
    }
    this.#at += same;
    const { end } = this.#source.was;
    await this.#showSlots(from, Math.min(end, this.#at));
    await this.#write(piece.subarray(Math.max(0, end - from)));
    return true;
  }

  /** How many bytes of a piece are as they are known; undefined where others come before the end of the last slot. */
  #sameOf(piece: Uint8Array): number | undefined {
    const { bytes, end } = this.#source.was;
    if (this.#held > 0) return 0;
    const known = bytes.subarray(this.#at, this.#at + piece.length);
    if (isSame(piece.subarray(0, known.length), known)) return known.length;
    const needed = Math.max(0, end - this.#at);
    return isSame(piece.subarray(0, needed), known.subarray(0, needed))
      ? sameFrom(needed, piece, known)
      : undefined;
  }

  /** Shows what is known from one offset to another: a slot when all of it has come. */
  async #showSlots(from: number, to: number): Promise<void> {
    const { bytes, slots } = this.#source.was;
    for (let at = from; this.#slots < slots.length; this.#slots++) {
      const slot = slots[this.#slots]!;
      if (at < slot.from) this.#out.push(bytes.subarray(at, Math.min(to, slot.from)));
      if (to < slot.to) return;
      this.#filled ??= await this.#fill();
      this.#out.push(this.#filled.slots[this.#slots]!);
      at = slot.to;
    }
  }

  async #fill(): Promise<FilledSlots> {
    const { known, was, rewrite } = this.#source;
    const decided = rewrite.decided();
    if (!(decided instanceof Promise)) return filledFor(known, was, decided);
    // What comes before the first slot does not wait.
    await this.#write(new Uint8Array());
    return filledFor(known, was, await decided);
  }

  /** Writes what is to be written, and then a piece; in one. */
  async #write(piece: Uint8Array): Promise<void> {
    const size = this.#out.reduce((sum, { length }) => sum + length, 0);
    let all = piece;
    if (size > 0 && piece.length > 0 && size <= piece.byteOffset) {
      all = new Uint8Array(piece.buffer as ArrayBuffer, piece.byteOffset - size, size + piece.length);
      let at = 0;
      for (const part of this.#out) {
        all.set(part, at);
        at += part.length;
      }
    } else if (size > 0) all = joined([...this.#out, piece]);
    this.#out = [];
    if (all.length === 0) return;
    await this.#source.writer.write(all);
    this.#written += all.length;
  }

  /** Has HTMLRewriter read the page from its beginning, with the `piece` that was not taken, and leaves out what was written. */
  async #readAll(piece?: Uint8Array): Promise<void> {
    const { known, was, rewrite, writer } = this.#source;
    forget(known);
    const { readable, writable } = new IdentityTransformStream();
    const page = new Response(readable, { headers: { "content-type": was.type } });
    const made = rewriteSlots(page, rewrite).body!.getReader();
    const fed = this.#feed(writable.getWriter(), piece);
    for (let left = this.#written; ;) {
      const { done, value } = await made.read();
      if (done) break;
      if (value.length > left) await writer.write(value.subarray(left));
      left = Math.max(0, left - value.length);
    }
    await fed;
    await writer.close();
  }

  /** Writes all of the page to who reads it anew. */
  async #feed(page: WritableStreamDefaultWriter<Uint8Array>, piece?: Uint8Array): Promise<void> {
    const { reader, was } = this.#source;
    try {
      for (const each of [was.bytes.subarray(0, this.#at), ...this.#others, ...(piece ? [piece] : [])])
        if (each.length > 0) await page.write(each);
      for (;;) {
        const { done, value } = await reader.read(new Uint8Array(PIECE));
        if (done) break;
        await page.write(value);
      }
      await page.close();
    } catch (error) {
      await page.abort(error);
    }
  }
}

/** From where on bytes are to be looked through that are the same to an offset: about where the first of them differs. */
function sameFrom(offset: number, one: Uint8Array, other: Uint8Array): number {
  let [same, differs] = [offset, other.length];
  while (differs - same > FINE) {
    const middle = (same + differs) >> 1;
    if (isSame(one.subarray(same, middle), other.subarray(same, middle))) same = middle;
    else differs = middle;
  }
  return same;
}

function isSame(one: Uint8Array, other: Uint8Array): boolean {
  return crypto.subtle.timingSafeEqual(one, other);
}
