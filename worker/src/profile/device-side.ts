import type { Env } from "../env.ts";
import type { Journeys } from "../journeys/journeys.ts";
import { checkpointOf } from "./checkpoint.ts";
import type { DeviceConsent } from "./consent.ts";
import { movedTo, PAGE, type Giver, type HandedOver, type JoinReason } from "./join.ts";
import type { LogStore, StoredEntry } from "./log-store.ts";
import type { Taker } from "./part.ts";
import { profileStub } from "./profile-address.ts";

/** What a customer's profile asks of a device's own, while they join or part. */
export type DeviceCall = { subject: string; device: string } & (
  | { ask: "hand-over"; after: number; reason: JoinReason }
  | { ask: "release" }
  | { ask: "take-back"; entries: StoredEntry[] }
  | { ask: "come-home"; consent?: DeviceConsent | undefined }
  | { ask: "forget" }
);

/** To `hand-over` a page; to all else whether it is that customer's. */
export type DeviceAnswer = HandedOver | boolean;

export interface Home extends Giver, Taker {
  /** Leaves nothing there. */
  forget(): Promise<void>;
}

/** A device's own profile, as a customer's talks with it. */
export function homeOf(env: Env, subject: string, device: string): Home {
  const stub = profileStub(env, { kind: "device", id: device });
  const who = { subject, device };
  return {
    handOver: async (after, reason) =>
      (await stub.home({ ...who, ask: "hand-over", after, reason })) as HandedOver,
    release: async () => (await stub.home({ ...who, ask: "release" })) as boolean,
    takeBack: async (entries) => (await stub.home({ ...who, ask: "take-back", entries })) as boolean,
    comeHome: async (consent) => void (await stub.home({ ...who, ask: "come-home", consent })),
    forget: async () => void (await stub.home({ ...who, ask: "forget" })),
  };
}

/** Answers a customer's profile from the device's own. */
export function answerDevice(store: LogStore, call: DeviceCall, journeys?: Journeys): DeviceAnswer {
  const moved = movedTo(store);
  const isTheirs = moved === call.subject;
  if (call.ask === "hand-over") {
    if (moved !== undefined && !isTheirs) return { kind: "taken" };
    return handOver(store, call, { isTheirs, journeys });
  }
  if (call.ask === "take-back") {
    // Once it is somebody else's, or its own again, it takes nothing from there.
    if (isTheirs)
      store.transaction(() => {
        for (const { entry, device } of call.entries) store.add(entry, device);
      });
    return isTheirs;
  }
  if (isTheirs && call.ask === "release") release(store, call.subject);
  if (isTheirs && call.ask === "come-home") {
    if (call.consent) store.putDevice({ id: call.device, state: "apart", consent: call.consent });
    store.drop("moved-to");
  }
  return isTheirs;
}

/** From the first page on the device belongs to that customer, and only to that one. */
function handOver(
  store: LogStore,
  { subject, device, after, reason }: Extract<DeviceCall, { ask: "hand-over" }>,
  { isTheirs, journeys }: { isTheirs: boolean; journeys: Journeys | undefined },
): HandedOver {
  const consent = store.device(device)?.consent;
  const isWanted = reason.asked || !consent || consent.marketing?.granted === true;
  // Of what was erased meanwhile there is no more than the beginning, which is not to be gone on with.
  if (!isTheirs && (after > 0 || !(reason.proven && isWanted))) return { kind: "declined" };
  store.put("moved-to", subject);
  const page = { kind: "page", entries: store.after(after, PAGE), consent } as const;
  return after === 0 ? { ...page, checkpoint: checkpointOf(store), journeys: journeys?.stored() } : page;
}

/** The customer has it all: this profile is no more than a word of where it went. */
function release(store: LogStore, subject: string): void {
  store.transaction(() => {
    store.clear();
    store.put("moved-to", subject);
  });
}
