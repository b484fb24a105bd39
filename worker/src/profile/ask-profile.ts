import type { Env } from "../env.ts";
import { Problem } from "../wire/problem.ts";
import { profileStub, type ProfileAddress } from "./profile-address.ts";
import type { SyncAnswer, SyncCall } from "./sync.ts";

/** Brings a call to the profile that it is for: the customer's with proof, else the device's own or the one it joined. */
export async function syncProfile(
  env: Env,
  customer: string | undefined,
  call: SyncCall,
): Promise<SyncAnswer> {
  let address: ProfileAddress =
    customer === undefined ? { kind: "device", id: call.device } : { kind: "customer", id: customer };
  for (;;) {
    const outcome = await profileStub(env, address).sync(address, call);
    if (outcome.kind === "answer") return outcome.answer;
    if (outcome.kind === "taken" || address.kind === "customer")
      throw new Problem("device_taken", "Start with a new device id: this one belongs to another customer.");
    address = { kind: "customer", id: outcome.subject };
  }
}
