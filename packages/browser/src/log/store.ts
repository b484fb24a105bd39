import type { Row } from "./row.ts";

/** What may be done within one transaction. Await nothing else in between: IndexedDB would commit. */
export interface Transaction {
  get<Value>(key: string): Promise<Value | undefined>;
  put(key: string, value: unknown): void;
  /** Everything that was put by name. */
  values(): Promise<[key: string, value: unknown][]>;
  putRow(row: Row): void;
  /** Rows with a higher number, in order of number. */
  rowsAfter(number: number, limit: number): Promise<Row[]>;
  row(number: number): Promise<Row | undefined>;
  /** The highest row number; 0 when there is none. */
  lastNumber(): Promise<number>;
  clear(): void;
}

/** Where a device keeps its log: numbered rows, and a few values by name. */
export interface Store {
  /** Runs `work` as one transaction, after any that is under way; resolves when what it wrote is kept. */
  transact<Result>(
    mode: "readonly" | "readwrite",
    work: (transaction: Transaction) => Promise<Result>,
  ): Promise<Result>;
}
