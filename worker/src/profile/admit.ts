import type { Profiled } from "./bring-up.ts";
import { hear, type Consent } from "./consent.ts";
import { join, type Giver } from "./join.ts";
import type { DeviceRecord } from "./log-store.ts";
import { beginParting, part, type Taker } from "./part.ts";
import { eraseEntries } from "./remove-device.ts";

/** A device that calls at a customer's profile. */
export interface Caller {
  device: string;
  /** Of the customer's token, when it was made, ms; none where the device's own profile has sent it here. */
  issuedAt?: number | undefined;
  consent?: Consent | undefined;
}

/** What a customer's profile needs to take a device in, or to let it go. */
export interface Doorway extends Profiled {
  /** The device's own profile. */
  home: Giver & Taker;
  now: () => number;
}

/** Where a device's call belongs: here, where it may just have joined, at its own profile, or nowhere, as it is somebody else's. */
export type Admission = "here" | "joined" | "own" | "parted" | "taken";

/** Joins a device that may, and undoes the join of one that may no longer. */
export async function admit(doorway: Doorway, { device, issuedAt, consent }: Caller): Promise<Admission> {
  const { store, keeper, journeys, home, now } = doorway;
  const known = store.device(device);
  const isIn = known?.state === "joined" || known?.state === "joining";
  if (isIn && consent && isRefused(consent, known)) {
    // Its no is the customer's word, also when the device has gone.
    store.putDevice({ ...known, consent: hear(known.consent, consent, now()) });
    beginParting(store, device);
  }
  if (store.device(device)?.state === "leaving") {
    await part(doorway, device, { taker: home, now });
    return "parted";
  }
  if (known?.state === "joined") return "here";
  if (mayJoin(known, issuedAt, consent)) {
    const reason = { proven: issuedAt !== undefined, asked: consent?.marketing === true };
    const outcome = await join(store, device, { keeper, reason, giver: home, journeys });
    if (outcome === "erased") {
      eraseEntries(doorway, device, now(), () => store.removeDevice(device));
      return "parted";
    }
    if (outcome !== "declined") return outcome;
  }
  // Where it was sent here from, it must not be sent here again.
  if (issuedAt === undefined) await home.comeHome();
  return "own";
}

/** A device that has joined stays until the shopper says no; one that is about to needs a yes. */
function isRefused({ marketing }: Consent, { state }: DeviceRecord): boolean {
  return state === "joined" ? marketing === false : !marketing;
}

/** Whether a device may begin to join, or go on with it. What the customer has removed needs a token from after that. */
function mayJoin(
  known: DeviceRecord | undefined,
  issuedAt: number | undefined,
  consent: Consent | undefined,
): boolean {
  if (consent && !consent.marketing) return false;
  return known?.removed === undefined || (issuedAt !== undefined && issuedAt > known.removed);
}
