import type { Definition, Entry, Snapshot } from "@murmur/core";
import type { Row } from "./row.ts";
import type { Store, Transaction } from "./store.ts";

/** The definition that a device runs, as the edge gave it out. */
export interface Manifest {
  hash: string;
  definition: Definition;
}

/** What a device knows of itself, beside its entries. */
export interface DeviceMeta {
  /** Random, 128 bit, hex. Whoever knows it is the device. */
  device: string;
  /** The customer that the device has joined. */
  subject?: string;
  /** What to add to this machine's clock to have the edge's time, ms. */
  shift: number;
  /** Rows up to this number are at the edge. */
  delivered: number;
  /** Which log the cursor counts in, and how far this device has read it. */
  log?: string;
  cursor: number;
  manifest?: Manifest;
}

/** A profile's snapshot, and the last row that it has seen. */
export interface SavedProfile {
  n: number;
  snapshot: Snapshot;
}

/** What a delivery changes on the device, all at once. */
export interface Settlement {
  meta: Partial<DeviceMeta>;
  /** Own entries that the edge has placed at another instant, ms by id. */
  timestamps: Readonly<Record<string, number>>;
  /** Entries that the profile gained elsewhere. */
  gained: readonly Entry[];
  /** Own rows after `after`, recorded by the clock before it was set right, move by so many ms. */
  shift: { after: number; by: number };
}

/**
 * This device's log and what belongs to it. Every page of the device works on the same one; whatever a page has not
 * seen yet comes back from `append`, so that its engine stays whole.
 */
export class DeviceLog {
  readonly #store: Store;

  constructor(store: Store) {
    this.#store = store;
  }

  /** Reads what a page needs to start; a device that has never been here gets `fresh`. */
  open(fresh: DeviceMeta): Promise<{ meta: DeviceMeta; saved: SavedProfile | undefined; rows: Row[] }> {
    return this.#store.transact("readwrite", async (transaction) => {
      const known = await transaction.get<DeviceMeta>("meta");
      if (!known) transaction.put("meta", fresh);
      const saved = await transaction.get<SavedProfile>("profile");
      return { meta: known ?? fresh, saved, rows: await transaction.rowsAfter(saved?.n ?? 0, Infinity) };
    });
  }

  /** Adds an entry, unless its id is there already; returns the rows after `seen`. Resolves when it is kept. */
  append(entry: Entry, seen: number): Promise<Row[]> {
    return this.#store.transact("readwrite", async (transaction) => {
      await add(transaction, { entry });
      return transaction.rowsAfter(seen, Infinity);
    });
  }

  rowsAfter(number: number): Promise<Row[]> {
    return this.#store.transact("readonly", (transaction) => transaction.rowsAfter(number, Infinity));
  }

  /** What is to be delivered, as all pages of the device know it: at most `limit` rows after the last delivered one. */
  pending(limit: number): Promise<{ meta: DeviceMeta; rows: Row[] } | undefined> {
    return this.#store.transact("readonly", async (transaction) => {
      const meta = await transaction.get<DeviceMeta>("meta");
      return meta && { meta, rows: await transaction.rowsAfter(meta.delivered, limit) };
    });
  }

  /** Applies what a delivery brought; returns the rows after `seen`. */
  settle({ meta, timestamps, gained, shift }: Settlement, seen: number): Promise<Row[]> {
    return this.#store.transact("readwrite", async (transaction) => {
      for (const [id, timestamp] of Object.entries(timestamps)) await move(transaction, id, timestamp);
      const late = shift.by === 0 ? [] : await transaction.rowsAfter(shift.after, Infinity);
      for (const row of late) if (!row.remote) putMoved(transaction, row, row.entry.timestamp + shift.by);
      for (const entry of gained) await add(transaction, { entry, remote: true });
      await patchMeta(transaction, meta);
      return transaction.rowsAfter(seen, Infinity);
    });
  }

  patchMeta(patch: Partial<DeviceMeta>): Promise<void> {
    return this.#store.transact("readwrite", (transaction) => patchMeta(transaction, patch));
  }

  saveProfile(saved: SavedProfile): Promise<void> {
    return this.#store.transact("readwrite", async (transaction) => transaction.put("profile", saved));
  }

  /** Forgets everything and starts as another device. */
  restart(meta: DeviceMeta): Promise<void> {
    return this.#store.transact("readwrite", async (transaction) => {
      transaction.clear();
      transaction.put("meta", meta);
    });
  }
}

async function add(transaction: Transaction, row: Omit<Row, "n">): Promise<void> {
  const key = idKey(row.entry.id);
  const known = await transaction.get<number>(key);
  if (known !== undefined) {
    // The edge cuts entries to what a manifest reads, so under another manifest the same entry may hold more.
    if (row.remote && (await transaction.row(known))?.remote) transaction.putRow({ ...row, n: known });
    return;
  }
  const n = (await transaction.lastNumber()) + 1;
  transaction.putRow({ ...row, n });
  transaction.put(key, n);
}

async function move(transaction: Transaction, id: string, timestamp: number): Promise<void> {
  const n = await transaction.get<number>(idKey(id));
  const row = n === undefined ? undefined : await transaction.row(n);
  if (row) putMoved(transaction, row, timestamp);
}

function putMoved(transaction: Transaction, row: Row, timestamp: number): void {
  transaction.putRow({ ...row, entry: { ...row.entry, timestamp } });
}

async function patchMeta(transaction: Transaction, patch: Partial<DeviceMeta>): Promise<void> {
  const known = await transaction.get<DeviceMeta>("meta");
  if (known) transaction.put("meta", { ...known, ...patch });
}

function idKey(id: string): string {
  return `id:${id}`;
}
