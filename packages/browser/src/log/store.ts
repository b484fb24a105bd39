import type { Row } from "./row.ts";

/** Rows are kept by their number, everything else by a name. */
export type Key = string | number;

/** What may be done within one transaction. Await nothing else in between: IndexedDB would commit. */
export interface Transaction {
  get<Value>(key: Key): Promise<Value | undefined>;
  /** Keeps a value; undefined removes what was kept. */
  put(key: Key, value: unknown): void;
  /** Rows with a higher number, in order of number; at most `limit`. */
  rowsAfter(number: number, limit?: number): Promise<Row[]>;
  /** Rows whose entry has that id, in order of number. */
  rowsOf(id: string): Promise<Row[]>;
  /** Everything that is kept. */
  all(): Promise<(readonly [Key, unknown])[]>;
  clear(): void;
}

/** Where a device keeps its log: runs `work` as one transaction and resolves when what it wrote is kept. */
export type Store = <Result>(work: (transaction: Transaction) => Promise<Result>) => Promise<Result>;
