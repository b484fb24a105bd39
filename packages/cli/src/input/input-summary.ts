/** Rows that are named one by one; the others are only counted. */
const SAMPLES = 20;

/** A row that was not as it should be. */
export interface BadRow {
  file: string;
  line: number;
  reason: string;
}

/** What was found in the files. */
export interface InputSummary {
  files: {
    name: string;
    format: string;
    /** There where bytes of it are no UTF-8: what they stand for is lost. */
    garbled?: boolean;
  }[];
  /** Rows that were read, without headers and empty lines. */
  rows: number;
  /** Entries that were made of them. */
  entries: number;
  bad: { count: number; samples: BadRow[] };
  /** Rows that are in order and stand for nothing here, by the reason. */
  skipped: Record<string, number>;
  /** Entries whose id had been there before, of the same profile. */
  repeated: number;
  /** How the entries came to be in order of time. */
  order: "as they stand" | "sorted";
}

export function emptySummary(order: InputSummary["order"]): InputSummary {
  return { files: [], rows: 0, entries: 0, bad: { count: 0, samples: [] }, skipped: {}, repeated: 0, order };
}

export function countBad(summary: InputSummary, row: BadRow): void {
  summary.bad.count++;
  if (summary.bad.samples.length < SAMPLES) summary.bad.samples.push(row);
}
