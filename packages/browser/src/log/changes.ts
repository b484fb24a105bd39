import { PLAN_VERSION, type Entry, type Manifest, type Transition } from "@murmur/core";
import { toJson } from "../json.ts";
import { freshMeta, type DeviceMeta } from "./device-meta.ts";
import type { Row } from "./row.ts";
import type { Transaction } from "./store.ts";

/** What a device that this browser no longer is had not delivered. No engine reads it. */
export interface LeftBehind {
  device: string;
  entries: Entry[];
}

/** What a delivery brought. */
export interface Settlement {
  /** The device that delivered; when it is another one by now, nothing is changed. */
  device: string;
  /** The rows after `from`, up to `delivered`, were to be delivered; of them these ids were sent. */
  from: number;
  delivered: number;
  sent: readonly string[];
  /** Own entries that the edge has placed at another instant, ms by id. */
  timestamps: Readonly<Record<string, number>>;
  /** Own entries that the edge has refused: they count nowhere. */
  rejected: readonly (string | null)[];
  /** Entries that the profile gained elsewhere. */
  gained: readonly Entry[];
  log: string;
  cursor: number;
  /** What the clock was off when it was sent, ms: what was not sent yet moves by it. */
  by: number;
  shift: number;
}

/** Adds an entry, unless its id is there already; returns it as it is kept. */
export async function add(transaction: Transaction, meta: DeviceMeta, own: Omit<Row, "n">): Promise<Row> {
  const known = await find(transaction, own.entry.id);
  if (known) return known;
  const row = { ...own, n: ++meta.last };
  transaction.put(row.n, row);
  transaction.put(idKey(own.entry.id), row.n);
  return row;
}

/** Applies what a delivery brought. */
export async function settle(
  transaction: Transaction,
  meta: DeviceMeta,
  settlement: Settlement,
): Promise<void> {
  const { device, from, delivered, sent, rejected, gained, log, cursor, by, shift } = settlement;
  if (device !== meta.device) return;
  const timestamps = new Map(Object.entries(settlement.timestamps));
  for (const row of await transaction.rowsAfter(from)) {
    const { id, timestamp } = row.entry;
    const at = timestamps.get(id) ?? timestamp + (sent.includes(id) ? 0 : by);
    const isRefused = rejected.includes(id);
    if (row.remote || (at === timestamp && !isRefused)) continue;
    const entry = { ...row.entry, timestamp: at };
    transaction.put(row.n, { ...row, entry, ...(isRefused && { refused: true }) });
    meta.generation++;
  }
  for (const entry of gained) {
    const row = await find(transaction, entry.id);
    if (!row) await add(transaction, meta, { entry, remote: true });
    // The edge cuts entries to what a manifest reads, so under another manifest the same entry may hold more.
    else if (row.remote && toJson(row.entry) !== toJson(entry)) {
      transaction.put(row.n, { ...row, entry });
      meta.generation++;
    }
  }
  Object.assign(meta, { delivered, log, cursor, shift });
}

/** Forgets everything and starts as another device. What is undelivered is left behind for the deliverer alone. */
export async function leave(transaction: Transaction, meta: DeviceMeta, subject?: string): Promise<void> {
  const { device, delivered, shift, generation, manifest: hash } = meta;
  const manifest = await keptManifest(transaction);
  const left = (await transaction.get<LeftBehind[]>("left")) ?? [];
  const entries = (await transaction.rowsAfter(delivered))
    .filter((row) => isOwn(row, manifest) && !row.refused)
    .map(({ entry }) => entry);
  if (entries.length > 0) left.push({ device, entries });
  transaction.clear();
  transaction.put("manifest", manifest);
  transaction.put("left", left);
  const fresh: DeviceMeta = { ...freshMeta(), shift, generation: generation + 1, manifest: hash, subject };
  Object.assign(meta, { log: undefined }, fresh);
}

/** An earlier device's entries have arrived, from the first on. */
export async function takeLeftBehind(transaction: Transaction, from: string, count: number): Promise<void> {
  const left = (await transaction.get<LeftBehind[]>("left")) ?? [];
  for (const { device, entries } of left) if (device === from) entries.splice(0, count);
  transaction.put(
    "left",
    left.filter(({ entries }) => entries.length > 0),
  );
}

/** Of the transitions, those that no page of the device has told of before. */
export async function claim(
  transaction: Transaction,
  transitions: readonly Transition[],
): Promise<Transition[]> {
  const told = (await transaction.get<Record<string, Transition>>("told")) ?? {};
  // Pages may see one and the same change at different instants, when an event reaches them late.
  const fresh = transitions.filter((transition) => {
    const last = told[transition.segment];
    if (last && (last.change === transition.change || last.at > transition.at)) return false;
    told[transition.segment] = transition;
    return true;
  });
  transaction.put("told", told);
  return fresh;
}

/** The manifest that is kept; one that another version of the tag has kept is as good as none. */
export async function keptManifest(transaction: Transaction): Promise<Manifest | undefined> {
  const manifest = await transaction.get<Manifest>("manifest");
  return manifest?.plan?.version === PLAN_VERSION ? manifest : undefined;
}

/** Whether a row is for the edge: it did not come from there, nor does the definition keep it on the device. */
export function isOwn({ remote, entry }: Row, manifest?: Manifest): boolean {
  return !remote && !(entry.type === "event" && manifest?.plan.private?.includes(entry.name));
}

async function find(transaction: Transaction, id: string): Promise<Row | undefined> {
  const n = await transaction.get<number>(idKey(id));
  return n ? transaction.get(n) : undefined;
}

function idKey(id: string): string {
  return `id:${id}`;
}
