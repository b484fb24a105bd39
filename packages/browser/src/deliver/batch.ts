import type { Entry, Manifest } from "@murmur/core";
import { isOwn } from "../log/changes.ts";
import type { Row } from "../log/row.ts";

/** A call's limits, with room for what stands around the entries: bytes of UTF-8, entries. */
export const MAX_BATCH_BYTES = 56_000;
export const MAX_BATCH_ENTRIES = 500;

export interface Batch {
  entries: Entry[];
  /** The last row that the batch covers: once acknowledged, rows up to here are delivered. */
  upTo: number;
}

/**
 * The next entries to deliver, from the rows after the last delivered one, which are in order. Events that the definition
 * keeps private stay where they are.
 */
export function nextBatch(
  rows: readonly Row[],
  delivered: number,
  manifest?: Manifest,
  most = MAX_BATCH_ENTRIES,
): Batch {
  const batch: Batch = { entries: [], upTo: delivered };
  let bytes = 0;
  for (const row of rows) {
    const { n, entry } = row;
    if (isOwn(row, manifest)) {
      bytes += new TextEncoder().encode(JSON.stringify(entry)).length + 1;
      const full = batch.entries.length >= most || bytes > MAX_BATCH_BYTES;
      if (full && batch.entries[0]) break;
      batch.entries.push(entry);
    }
    batch.upTo = n;
  }
  return batch;
}
