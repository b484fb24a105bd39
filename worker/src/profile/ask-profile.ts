import type { Env } from "../env.ts";
import { allocationsNow } from "../experiments/allocations.ts";
import { Problem } from "../wire/problem.ts";
import { profileStub, type ProfileAddress } from "./profile-address.ts";
import { rateLimited } from "./rate-limit.ts";
import type { SyncAnswer, SyncCall } from "./sync.ts";
import { unitOf } from "./unit-of.ts";

/** A profile's answer to a call; or where else to ask, or why there is none. */
export type Outcome<Answer> =
  | { kind: "answer"; answer: Answer }
  | { kind: "moved"; subject: string }
  | { kind: "own" }
  | { kind: "taken" }
  | { kind: "limited"; wait: number };

/** A customer, as a token proves who it is. */
export interface Customer {
  subject: string;
  /** When the token was made, ms; 0 when it does not say. */
  issuedAt: number;
}

/** How often a call is sent on: a device that joins or parts meanwhile is somewhere after that. */
const MOST_TURNS = 5;

/** Asks the profile that a call is for: where it begins, or where the device has gone since. */
export async function askProfile<Answer>(
  start: ProfileAddress,
  device: string | undefined,
  ask: (address: ProfileAddress, turn: number) => Promise<Outcome<Answer>>,
): Promise<Answer> {
  let address = start;
  for (let turn = 0; turn < MOST_TURNS; turn++) {
    const outcome = await ask(address, turn);
    if (outcome.kind === "answer") return outcome.answer;
    if (outcome.kind === "limited") throw rateLimited(outcome.wait);
    if (outcome.kind === "taken")
      throw new Problem("device_taken", "Start with a new device id: this one belongs to another customer.");
    if (outcome.kind === "moved") address = { kind: "customer", id: outcome.subject };
    else if (device !== undefined) address = { kind: "device", id: device };
  }
  throw new Problem("internal", "Try again: the device was joining a customer just now.");
}

/** Brings a call to the profile that it is for: the customer's with proof, else the device's own or the one it joined. */
export async function syncProfile(
  env: Env,
  customer: Customer | undefined,
  call: Omit<SyncCall, "unit" | "allocations">,
): Promise<SyncAnswer> {
  const start: ProfileAddress = customer
    ? { kind: "customer", id: customer.subject }
    : { kind: "device", id: call.device };
  const allocations = await allocationsNow(env);
  return askProfile(start, call.device, async (address, turn) => {
    const outcome = await profileStub(env, address).sync(
      address,
      { ...call, unit: await unitOf(address), allocations },
      turn === 0 ? customer?.issuedAt : undefined,
    );
    // A customer who proves to be one, and a device that has gone to another: it is that one's.
    return customer && outcome.kind === "moved" && outcome.subject !== customer.subject
      ? { kind: "taken" }
      : outcome;
  });
}
