import type { Profiled } from "./bring-up.ts";
import type { DeviceConsent } from "./consent.ts";
import { PAGE } from "./join.ts";
import type { DeviceRecord, LogStore, StoredEntry } from "./log-store.ts";
import { removeEntries } from "./remove-device.ts";

/** What parting needs of the device's own profile. */
export interface Taker {
  /** False once the device is somebody else's, or its own again. */
  takeBack(entries: StoredEntry[]): Promise<boolean>;
  /** With what was said on it last, where that is known. */
  comeHome(consent?: DeviceConsent): Promise<void>;
}

/**
 * Begins to undo the join of a device. From now on its calls wait for `part`, which may be broken off at any point and begun
 * again. `removed` is when the customer asked for it, ms; without it, the device may join again as soon as it is asked.
 */
export function beginParting(store: LogStore, device: string, removed?: number): void {
  const known = store.device(device);
  if (!known) return;
  if (known.state === "apart") endParting(store, { ...known, ...(removed !== undefined && { removed }) });
  else store.putDevice({ ...known, state: "leaving", ...(removed !== undefined && { removed }) });
}

/** What was said on a device that the customer has removed is no longer the customer's word. */
function endParting(store: LogStore, { id, removed, consent }: DeviceRecord): void {
  if (removed !== undefined) store.putDevice({ id, state: "apart", removed });
  else if (consent) store.putDevice({ id, state: "apart", consent });
  else store.removeDevice(id);
}

/** Gives a device its own log back, and takes it out of the customer's: the profile is what it would be without it. */
export async function part(
  profiled: Profiled,
  device: string,
  { taker, now }: { taker: Taker; now: () => number },
): Promise<void> {
  const { store } = profiled;
  let goesHome = true;
  for (let after = 0; goesHome;) {
    const entries = store.ofDevice(device, after, PAGE);
    goesHome = await taker.takeBack(entries);
    if (entries.length < PAGE) break;
    after = entries.at(-1)!.n;
  }
  if (goesHome) await taker.comeHome(store.device(device)?.consent);
  const known = store.device(device);
  // Somebody else may have ended it in the meantime, and the device may have come again.
  if (known?.state !== "leaving") return;
  removeEntries(profiled, device, now(), () => endParting(store, known));
}
