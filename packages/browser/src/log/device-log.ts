import type { Entry, Manifest, Snapshot, Transition } from "@murmur/core";
import type { Row } from "./row.ts";
import type { Store, Transaction } from "./store.ts";

/** What a device knows of itself, beside its entries. The store's is the true one: every page follows it. */
export interface DeviceMeta {
  /** Random, 128 bit, hex. Whoever knows it is the device. */
  device: string;
  /** Counts up when rows have changed that a profile may have seen: such a profile is to be made anew. */
  generation: number;
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

/** A profile's snapshot, the last row that it has seen, and of which device and generation it is. */
export interface SavedProfile {
  device: string;
  generation: number;
  n: number;
  snapshot: Snapshot;
}

/** The log as it stands: what the device knows of itself, and the rows that a page has not seen yet. */
export interface View {
  meta: DeviceMeta;
  rows: Row[];
}

/** What a delivery changes on the device, all at once. */
export interface Settlement {
  /** The device that delivered; when it is another one by now, nothing is changed. */
  device: string;
  meta: Partial<DeviceMeta>;
  /** Own entries that the edge has placed at another instant, ms by id. */
  timestamps: Readonly<Record<string, number>>;
  /** Own entries that the edge has refused: they count nowhere. */
  rejected: readonly string[];
  /** Entries that the profile gained elsewhere. */
  gained: readonly Entry[];
  /** Own rows after `after` that were not sent, recorded by the clock before it was set right, move by so many ms. */
  shift: { after: number; by: number; sent: ReadonlySet<string> };
}

/** What a device that this browser no longer is had not delivered. No engine reads it. */
export interface LeftBehind {
  device: string;
  entries: Entry[];
}

/** An entry before it is placed in time: `at` is by this machine's clock, ms. */
export type Draft<E extends Entry = Entry> = E extends Entry ? Omit<E, "timestamp"> & { at: number } : never;

/**
 * This device's log and what belongs to it. Every page of the device works on the same one; whatever a page has not
 * seen yet comes back from each call, so that its engine stays whole.
 */
export class DeviceLog {
  readonly #store: Store;
  #known: DeviceMeta;
  /** Whether the store has answered before: what is missing then was taken away. */
  #opened = false;

  /** `fresh` is who this device is where nothing is kept. */
  constructor(store: Store, fresh: DeviceMeta) {
    this.#store = store;
    this.#known = fresh;
  }

  /** Reads what a page needs to start. */
  open(): Promise<View & { saved: SavedProfile | undefined }> {
    return this.#change(async (transaction, meta) => {
      const saved = await transaction.get<SavedProfile>("profile");
      const fits = saved?.device === meta.device && saved.generation === meta.generation;
      const rows = await transaction.rowsAfter(fits ? saved.n : 0, Infinity);
      return { meta, rows, saved: fits ? saved : undefined };
    });
  }

  /** Adds an entry, unless its id is there already; returns it as it is kept, and the rows after `seen`. */
  append({ at, ...rest }: Draft, seen: number): Promise<View & { row: Row }> {
    return this.#change(async (transaction, meta) => {
      const entry = { ...rest, timestamp: at + meta.shift } as Entry;
      const n = await add(transaction, { entry });
      return { meta, rows: await transaction.rowsAfter(seen, Infinity), row: { n, entry } };
    });
  }

  rowsAfter(number: number): Promise<Row[]> {
    return this.#store.transact("readonly", (transaction) => transaction.rowsAfter(number, Infinity));
  }

  /** What is to be delivered, as all pages of the device know it: at most `limit` rows after the last delivered one. */
  pending(limit: number): Promise<View> {
    return this.#change(async (transaction, meta) => ({
      meta,
      rows: await transaction.rowsAfter(meta.delivered, limit),
    }));
  }

  /** The log as other pages have left it. */
  view(seen: number): Promise<View> {
    return this.#change(async (transaction, meta) => ({
      meta,
      rows: await transaction.rowsAfter(seen, Infinity),
    }));
  }

  /** Of the transitions, those that no page of the device has told of before. */
  claim(transitions: readonly Transition[]): Promise<Transition[]> {
    return this.#change(async (transaction) => {
      const told = (await transaction.get<Record<string, Transition>>("told")) ?? {};
      // Pages may see one and the same change at different instants, when an event reaches them late.
      const fresh: Transition[] = [];
      for (const transition of transitions) {
        const last = told[transition.segment];
        if (last && (last.change === transition.change || last.at > transition.at)) continue;
        told[transition.segment] = transition;
        fresh.push(transition);
      }
      transaction.put("told", told);
      return fresh;
    });
  }

  /** Whether this device is still known here. */
  isKept(): Promise<boolean> {
    return this.#store.transact("readonly", async (transaction) => !!(await transaction.get("meta")));
  }

  /** Forgets everything, also who this device was; `fresh` is who it is should it be asked to keep something again. */
  erase(fresh: DeviceMeta): Promise<void> {
    this.#known = fresh;
    return this.#store.transact("readwrite", async (transaction) => transaction.clear());
  }

  /** Forgets the profile, and keeps the log. */
  dropProfile(): Promise<void> {
    return this.#store.transact("readwrite", async (transaction) => transaction.put("profile", undefined));
  }

  /** Applies what a delivery brought; returns the rows after `seen`. */
  settle(settlement: Settlement, seen: number): Promise<View> {
    return this.#change(async (transaction, meta) => {
      if (settlement.device !== meta.device)
        return { meta, rows: await transaction.rowsAfter(seen, Infinity) };
      const rewritten = await applySettlement(transaction, settlement);
      const settled = { ...meta, ...settlement.meta, generation: meta.generation + Number(rewritten) };
      transaction.put("meta", settled);
      return { meta: settled, rows: await transaction.rowsAfter(seen, Infinity) };
    });
  }

  /** Notes what has become known of this device, as long as it is the same one. */
  patchMeta(device: string, patch: Partial<DeviceMeta>): Promise<DeviceMeta> {
    return this.#change(async (transaction, meta) => {
      if (meta.device !== device) return meta;
      const patched = { ...meta, ...patch };
      transaction.put("meta", patched);
      return patched;
    });
  }

  /** Keeps a profile, unless the log has changed under it. */
  saveProfile(saved: SavedProfile): Promise<void> {
    return this.#change(async (transaction, meta) => {
      if (saved.device === meta.device && saved.generation === meta.generation)
        transaction.put("profile", saved);
    });
  }

  /** Forgets everything and starts as another device. What is undelivered is left behind for the deliverer alone. */
  restart(fresh: DeviceMeta): Promise<DeviceMeta> {
    return this.#change(async (transaction, { device, delivered, shift, manifest, generation }) => {
      const secret = manifest?.definition.private ?? [];
      const rows = await transaction.rowsAfter(delivered, Infinity);
      const entries = rows
        .filter(({ remote, refused, entry }) => !remote && !refused && !isSecret(entry, secret))
        .map(({ entry }) => entry);
      const left = (await transaction.get<LeftBehind[]>("left")) ?? [];
      const meta = { ...fresh, shift, generation: generation + 1, ...(manifest && { manifest }) };
      transaction.clear();
      transaction.put("meta", meta);
      transaction.put("left", entries.length > 0 ? [...left, { device, entries }] : left);
      return meta;
    });
  }

  /** What earlier devices had not delivered, the oldest first. */
  leftBehind(): Promise<LeftBehind[]> {
    return this.#change(async (transaction) => (await transaction.get<LeftBehind[]>("left")) ?? []);
  }

  /** An earlier device's entries have arrived, from the first on. */
  takeLeftBehind(device: string, count: number): Promise<void> {
    return this.#change(async (transaction) => {
      const left = (await transaction.get<LeftBehind[]>("left")) ?? [];
      const rest = left.map((each) =>
        each.device === device ? { device, entries: each.entries.slice(count) } : each,
      );
      transaction.put(
        "left",
        rest.filter(({ entries }) => entries.length > 0),
      );
    });
  }

  /** Runs a transaction with what is known of the device. Where that was lost, the log begins again. */
  async #change<Result>(
    work: (transaction: Transaction, meta: DeviceMeta) => Promise<Result>,
  ): Promise<Result> {
    return this.#store.transact("readwrite", async (transaction) => {
      let meta = await transaction.get<DeviceMeta>("meta");
      if (!meta) {
        const { log: _log, ...known } = this.#known;
        meta = { ...known, delivered: 0, cursor: 0, generation: known.generation + Number(this.#opened) };
        transaction.put("meta", meta);
      }
      this.#known = meta;
      this.#opened = true;
      return work(transaction, meta);
    });
  }
}

/** Says whether rows changed that a profile may have seen. */
async function applySettlement(transaction: Transaction, settlement: Settlement): Promise<boolean> {
  const { timestamps, rejected, gained, shift } = settlement;
  let rewritten = false;
  for (const [id, timestamp] of Object.entries(timestamps)) {
    const row = await findRow(transaction, id);
    if (!row) continue;
    transaction.putRow({ ...row, entry: { ...row.entry, timestamp } });
    rewritten = true;
  }
  for (const id of rejected) {
    const row = await findRow(transaction, id);
    if (!row) continue;
    transaction.putRow({ ...row, refused: true });
    rewritten = true;
  }
  const late = shift.by === 0 ? [] : await transaction.rowsAfter(shift.after, Infinity);
  for (const row of late) {
    if (row.remote || shift.sent.has(row.entry.id)) continue;
    transaction.putRow({ ...row, entry: { ...row.entry, timestamp: row.entry.timestamp + shift.by } });
    rewritten = true;
  }
  for (const entry of gained) if (await addRemote(transaction, entry)) rewritten = true;
  return rewritten;
}

/** Says whether a row that was there has changed. */
async function addRemote(transaction: Transaction, entry: Entry): Promise<boolean> {
  const row = await findRow(transaction, entry.id);
  if (!row) {
    await add(transaction, { entry, remote: true });
    return false;
  }
  // The edge cuts entries to what a manifest reads, so under another manifest the same entry may hold more.
  if (!row.remote || JSON.stringify(row.entry) === JSON.stringify(entry)) return false;
  transaction.putRow({ ...row, entry });
  return true;
}

/** Returns the entry's row number. */
async function add(transaction: Transaction, row: Omit<Row, "n">): Promise<number> {
  const known = await transaction.get<number>(idKey(row.entry.id));
  if (known !== undefined) return known;
  const n = (await transaction.lastNumber()) + 1;
  transaction.putRow({ ...row, n });
  transaction.put(idKey(row.entry.id), n);
  return n;
}

async function findRow(transaction: Transaction, id: string): Promise<Row | undefined> {
  const n = await transaction.get<number>(idKey(id));
  return n === undefined ? undefined : transaction.row(n);
}

/** Whether an event must never leave the device. */
export function isSecret(entry: Entry, secret: readonly string[]): boolean {
  return entry.type === "event" && secret.includes(entry.name);
}

function idKey(id: string): string {
  return `id:${id}`;
}
