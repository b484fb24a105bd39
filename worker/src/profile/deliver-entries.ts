import type { Entry } from "@murmur/core";
import type { Env } from "../env.ts";
import { askProfile } from "./ask-profile.ts";
import type { Delivery } from "./deliver.ts";
import { countEntries } from "../ops/count.ts";
import { profileStub, type ProfileAddress } from "./profile-address.ts";

/** Whose profile entries are for that no tag sends: a customer's, or that of a device, wherever it has joined. */
export type EntryOwner = { customer: string } | { device: string };

/**
 * Brings entries from the shop's server or an e-mail provider to a profile, which is made where there is none. They were
 * checked (`checkEntries`) and placed in time (`placeEntries`) before; an id counts once. Throws the problem
 * `rate_limited` where a device sends more than it may.
 */
export async function deliverEntries(
  env: Env,
  owner: EntryOwner,
  entries: readonly Entry[],
): Promise<Delivery> {
  const device = "device" in owner ? owner.device : undefined;
  const start: ProfileAddress =
    "device" in owner ? { kind: "device", id: owner.device } : { kind: "customer", id: owner.customer };
  const delivery = await askProfile(start, device, (address) =>
    profileStub(env, address).deliver(address, device, entries),
  );
  countEntries(delivery);
  return delivery;
}
