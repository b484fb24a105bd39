import type { Entry } from "@murmur/core";
import { setImmediate } from "node:timers/promises";
import type { EntrySink } from "./entry-sink.ts";
import { countBad, emptySummary, type InputSummary } from "./input-summary.ts";
import { sizeOf, STDIN } from "./open-text.ts";
import { formatOfFile, readFileInto, type ReadOptions } from "./read-file.ts";
import { SortedEntries } from "./sorted-entries.ts";

/** How entries are brought into order of time: `auto` takes them as they stand as long as that will do. */
export type Order = "auto" | "stream" | "sort";

export interface EntriesOptions extends ReadOptions {
  files: readonly string[];
  order: Order;
  /** How far it is: bytes read, of how many (undefined where that is not known), and rows. */
  onProgress?: ((read: number, size: number | undefined, rows: number) => void) | undefined;
  /** Something that the caller may want to know, in a sentence. */
  onNote?: ((note: string) => void) | undefined;
}

/** Who takes everybody's entries, each profile's in order of time. */
export interface EntryTaker {
  /** False when the entry is earlier than one of the same profile that was taken before; it is left out then. */
  take(profile: string, entry: Entry): boolean;
  /** Nobody of those so far is heard of again. `latest` is the last instant of all the files, ms. */
  close(latest: number): void;
}

/**
 * Reads files into a taker, in one pass where the rows stand in order of time for each profile, and otherwise sorted on
 * disk, after a pass that only reads. `begin` makes the taker, and makes another one when the rows turn out to be in no order.
 */
export async function readEntries<Taker extends EntryTaker>(
  options: EntriesOptions,
  begin: () => Taker,
): Promise<{ taker: Taker; input: InputSummary }> {
  const { files, order } = options;
  if (order !== "sort") {
    const isStreamed = order === "stream" || !(await isUnordered(options));
    const streamed = isStreamed ? await stream(options, begin()) : undefined;
    if (streamed) return streamed;
    const sum = files.length === 1 ? "the file is" : "the files are";
    if (isStreamed) options.onNote?.(`${sum} not in order of time: sorting, on disk where there is much`);
  }
  return sort(options, begin());
}

async function isUnordered(options: EntriesOptions): Promise<boolean> {
  // What is piped in is there once: it could not be read again.
  if (options.files.includes(STDIN)) return true;
  for (const file of options.files) {
    await sizeOf(file);
    if ((await formatOfFile(file, options)).unordered) return true;
  }
  return false;
}

/** Ends a pass that is of no use. */
class OutOfOrder extends Error {}

/** Entries as they stand. Undefined when they are in no order, and may be read again. */
async function stream<Taker extends EntryTaker>(
  options: EntriesOptions,
  taker: Taker,
): Promise<{ taker: Taker; input: InputSummary } | undefined> {
  const input = emptySummary("as they stand");
  let latest = -Infinity;
  const take = (profile: string, entry: Entry, line: number, file: string): void => {
    if (taker.take(profile, entry)) {
      input.entries++;
      if (entry.timestamp > latest) latest = entry.timestamp;
    } else if (options.order === "auto") throw new OutOfOrder();
    else
      countBad(input, {
        file,
        line,
        reason: "is earlier than a row of the same profile above it: leave out --sort never",
      });
  };
  try {
    await readAll(options, input, take, () => {});
  } catch (error) {
    if (error instanceof OutOfOrder) return undefined;
    throw error;
  }
  taker.close(latest);
  return { taker, input };
}

async function sort<Taker extends EntryTaker>(
  options: EntriesOptions,
  taker: Taker,
): Promise<{ taker: Taker; input: InputSummary }> {
  const input = emptySummary("sorted");
  const sorted = new SortedEntries();
  try {
    await readAll(
      options,
      input,
      (profile, entry) => sorted.add(profile, entry),
      (device, user) => sorted.same(device, user),
    );
    for (const part of sorted.parts()) {
      for (const [profile, { entries, repeated }] of part) {
        for (const entry of entries) taker.take(profile, entry);
        input.entries += entries.length;
        input.repeated += repeated;
      }
      taker.close(sorted.latest);
      // A signal is heard between two parts.
      await setImmediate();
    }
  } finally {
    sorted.close();
  }
  return { taker, input };
}

async function readAll(
  options: EntriesOptions,
  input: InputSummary,
  take: (profile: string, entry: Entry, line: number, file: string) => void,
  same: (device: string, user: string) => void,
): Promise<void> {
  const sizes: (number | undefined)[] = [];
  for (const file of options.files) sizes.push(await sizeOf(file));
  const known = sizes.every((size) => size !== undefined)
    ? sizes.reduce((sum, size) => sum + size, 0)
    : undefined;
  let before = 0;
  for (const [number, path] of options.files.entries()) {
    const nameOf = (): string => input.files.at(-1)?.name ?? path;
    const sink: EntrySink = {
      entry: (profile, entry, line) => take(profile, entry, line, nameOf()),
      bad: (line, reason) => countBad(input, { file: nameOf(), line, reason }),
      skip(reason) {
        input.skipped[reason] = (input.skipped[reason] ?? 0) + 1;
      },
      same,
    };
    await readFileInto(path, number, options, sink, input, (bytes) =>
      options.onProgress?.(before + bytes, known, input.rows),
    );
    before += sizes[number] ?? 0;
  }
}
