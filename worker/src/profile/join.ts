import type { JourneysState } from "@murmur/core";
import type { Profiled } from "./bring-up.ts";
import { foldedUpTo, takeOver, type Checkpoint } from "./checkpoint.ts";
import type { DeviceConsent } from "./consent.ts";
import type { LogStore, StoredEntry } from "./log-store.ts";

/** How many entries are handed over at a time: at their largest they stay under the 32 MiB of a remote call. */
export const PAGE = 500;

/** A page of a device's log, or why there is none: the device belongs to somebody else, or its shopper does not want it. */
export type HandedOver =
  | {
      kind: "page";
      entries: StoredEntry[];
      checkpoint?: Checkpoint | undefined;
      consent?: DeviceConsent | undefined;
      /** Where its journeys stand: with the first page. */
      journeys?: JourneysState | undefined;
    }
  | { kind: "taken" }
  | { kind: "declined" };

/** Why a device's log should be handed over. */
export interface JoinReason {
  /** The customer has shown a token; else it takes that the device has begun to join before. */
  proven: boolean;
  /** The shopper has just said yes to it; else what was said on the device before stands. */
  asked: boolean;
}

/** What joining needs of the device's own profile. */
export interface Giver {
  /** The next page of its log. */
  handOver(after: number, reason: JoinReason): Promise<HandedOver>;
  /** All of it has arrived: the device's own copy may go. False where it is not this customer's any more. */
  release(): Promise<boolean>;
}

/** The customer whose profile this device's has become part of. */
export function movedTo(store: LogStore): string | undefined {
  return store.get<string>("moved-to");
}

/** Whether a device's log is in this customer's already. */
export function hasJoined(store: LogStore, device: string): boolean {
  return store.device(device)?.state === "joined";
}

/**
 * Takes a device's log into a customer's. A union of sets: it may be repeated, broken off at any point and run twice
 * at once, and ends the same. `erased` where the device was forgotten meanwhile: what has come of it is to go again.
 */
export async function join(
  store: LogStore,
  device: string,
  { keeper, reason, giver, journeys }: Omit<Profiled, "store"> & { reason: JoinReason; giver: Giver },
): Promise<"joined" | "taken" | "declined" | "erased"> {
  for (let after = 0; ;) {
    const page = await giver.handOver(after, reason);
    if (page.kind !== "page") return after > 0 && isComing(store, device) ? "erased" : page.kind;
    // From the first page on, so that an erasure finds the device however far this came.
    if (after === 0) begin(store, device, page.consent);
    // The customer has removed it meanwhile.
    if (!isComing(store, device)) return "declined";
    store.transaction(() => {
      if (page.checkpoint && takeOver(store, page.checkpoint)) keeper.forget();
      if (page.journeys) journeys?.takeOver(page.journeys, store.all());
      const folded = foldedUpTo(store);
      for (const stored of page.entries)
        if (stored.entry.timestamp > folded) store.add(stored.entry, stored.device);
    });
    if (page.entries.length < PAGE) break;
    after = page.entries.at(-1)!.n;
  }
  const isTheirs = await giver.release();
  if (!isComing(store, device)) return "declined";
  if (!isTheirs) return "erased";
  // Last, so that a join that was broken off begins anew.
  store.putDevice({ ...store.device(device), id: device, state: "joined" });
  return "joined";
}

function begin(store: LogStore, device: string, said: DeviceConsent | undefined): void {
  const known = store.device(device);
  if (known?.state === "joined" || known?.state === "leaving") return;
  const consent = known?.consent ?? said;
  store.putDevice({ id: device, state: "joining", ...(consent && { consent }) });
}

function isComing(store: LogStore, device: string): boolean {
  const { state } = store.device(device) ?? {};
  return state === "joining" || state === "joined";
}
