import type { Env } from "../env.ts";
import { allocationsNow } from "../experiments/allocations.ts";
import { askProfile } from "./ask-profile.ts";
import type { DecideCall, Decided } from "./decide.ts";
import type { EntryOwner } from "./deliver-entries.ts";
import { profileStub, type ProfileAddress } from "./profile-address.ts";
import { unitOf } from "./unit-of.ts";

/** Asks a customer's profile, or that of a device wherever it has joined, what slots show. */
export async function decideFor(
  env: Env,
  owner: EntryOwner,
  call: Omit<DecideCall, "device" | "unit" | "allocations">,
): Promise<Decided> {
  const device = "device" in owner ? owner.device : undefined;
  const start: ProfileAddress =
    "device" in owner ? { kind: "device", id: owner.device } : { kind: "customer", id: owner.customer };
  const allocations = await allocationsNow(env);
  return askProfile(start, device, async (address) =>
    profileStub(env, address).decide(address, {
      ...call,
      device,
      unit: await unitOf(address),
      allocations,
    }),
  );
}
