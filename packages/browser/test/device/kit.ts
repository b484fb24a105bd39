import { manifestOf, type Entry, type Manifest } from "@murmur/core";
import { onTestFinished } from "vitest";
import { DeviceState } from "../../src/device/device-state.ts";
import type { SyncResponse } from "../../src/deliver/sync-protocol.ts";
import { add, settle, type Delivery } from "../../src/log/changes.ts";
import { indexedDbStore } from "../../src/log/indexed-db-store.ts";
import { memoryStore } from "../../src/log/memory-store.ts";
import type { Row } from "../../src/log/row.ts";
import type { Store } from "../../src/log/store.ts";

export const MANIFEST: Manifest = {
  ...manifestOf({
    segments: { keen: { when: { count: "Product Viewed", gte: 2 } } },
    private: ["Health Quiz Taken"],
  }),
  hash: "h",
};

/** One contract for every store: what is kept must not depend on where. */
export const stores: Record<string, () => Store> = {
  IndexedDB: () => indexedDbStore(`state-test-${crypto.randomUUID()}`),
  memory: () => memoryStore(new Map(), () => {}),
};

/** What waits on a page ends with the test. */
export function closeAfterwards(state: DeviceState): void {
  onTestFinished(() => {
    state.engine.allow(false);
    state.cancelSave();
  });
}

/** A page of the device; where there is no other yet, the first of it. */
export async function page(store: Store, told: string[] = []): Promise<DeviceState> {
  const state = new DeviceState(
    store,
    () => undefined,
    (transitions) => told.push(...transitions.map(({ segment, change }) => `${segment} ${change}`)),
  );
  closeAfterwards(state);
  await state.personalize(true);
  await state.act(async (transaction, meta) => {
    transaction.put("manifest", MANIFEST);
    meta.manifest = MANIFEST.hash;
  });
  return state;
}

export function event(id: string, timestamp = 1, properties = {}): Entry {
  return { type: "event", id, name: "Product Viewed", timestamp, properties };
}

export function append(state: DeviceState, entry: Entry): Promise<Row> {
  return state.act((transaction, meta) => add(transaction, meta, { entry }));
}

export function rowsOf(state: DeviceState, after = 0): Promise<Row[]> {
  return state.act((transaction) => transaction.rowsAfter(after));
}

/** The edge's answer to a call of which it takes everything. */
export function taken(): SyncResponse {
  return {
    rejected: [],
    manifest: MANIFEST.hash,
    shift: 0,
    timestamps: {},
    entries: [],
    log: "l",
    cursor: 0,
    more: false,
  };
}

/** An answer of the edge to what was sent, with what is told here. */
export function apply(
  state: DeviceState,
  told: Partial<Omit<Delivery, "answer">> & { answer?: Partial<SyncResponse> },
): Promise<void> {
  const before = { ...state.meta };
  const answer = { ...taken(), ...told.answer };
  const delivery = { before, upTo: before.delivered, entries: [], shift: before.shift, ...told, answer };
  return state.act((transaction, meta) => settle(transaction, meta, delivery));
}

export function refused(...ids: (string | null)[]): SyncResponse["rejected"] {
  return ids.map((id) => ({ id, reason: "too_old", message: "" }));
}
