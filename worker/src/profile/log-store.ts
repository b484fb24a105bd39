import type { Entry, Transition } from "@murmur/core";

/** An entry as a profile's log holds it. */
export interface StoredEntry {
  /** Counts up in order of arrival. */
  n: number;
  /** The device that sent it. */
  device: string;
  entry: Entry;
}

/** Where a profile's log and all that hangs on it are kept. Everything is synchronous, as Durable Object SQLite is. */
export interface LogStore {
  /** Adds an entry; false, and nothing changed, when its id is there already. */
  add(entry: Entry, device: string): boolean;
  /** The instant of an entry, ms. */
  timestampOf(id: string): number | undefined;
  /** Entries after a number, in order of arrival. */
  after(number: number, limit: number): StoredEntry[];
  /** The whole log, in order of arrival. */
  all(): Iterable<Entry>;
  lastNumber(): number;
  /** A value by name, as it was put: plain JSON. */
  get<Value>(name: string): Value | undefined;
  put(name: string, value: unknown): void;
  addTransitions(transitions: readonly Transition[]): void;
  /** The latest transitions, oldest first. */
  transitions(limit: number): Transition[];
  /** All or nothing: what `work` did is undone when it throws. */
  transaction<Result>(work: () => Result): Result;
}
