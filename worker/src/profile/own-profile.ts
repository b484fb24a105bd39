import type { Env } from "../env.ts";
import { Problem } from "../wire/problem.ts";
import { homeOf } from "./device-side.ts";
import { profileStub, type ProfileAddress } from "./profile-address.ts";
import type { ProfileObject } from "./profile-face.ts";

/** How many entries are read at a time: at their largest they stay under the 32 MiB of a remote call. */
const PAGE = 500;

/**
 * The copy of a profile that is its person's: JSON, which comes as the log is read. Throws the problem `not_found` when
 * nothing is kept, and `token_required` when a device has joined a customer, whose it is since then.
 */
export async function readProfile(env: Env, address: ProfileAddress): Promise<ReadableStream<Uint8Array>> {
  const profile = profileStub(env, address);
  const copy = await profile.copy();
  if (!copy) throw new Problem("not_found", "Nothing is kept of this person.");
  if ("moved" in copy)
    throw new Problem("token_required", "This device belongs to a customer: send the customer's token.");
  const text = copyText(JSON.stringify(copy), profile);
  const encoder = new TextEncoder();
  return new ReadableStream({
    async pull(controller) {
      const { done, value } = await text.next();
      if (done) controller.close();
      else controller.enqueue(encoder.encode(value));
    },
  });
}

/** The copy with the log as its last member. */
async function* copyText(copy: string, profile: ProfileObject): AsyncGenerator<string> {
  yield `${copy.slice(0, -1)},"entries":[`;
  for (let after = 0, separator = ""; ;) {
    const page = await profile.page(after, PAGE);
    if (page.length > 0)
      yield separator + page.map(({ entry, device }) => JSON.stringify({ ...entry, device })).join();
    separator = ",";
    if (page.length < PAGE) break;
    after = page.at(-1)!.n;
  }
  yield "]}";
}

/**
 * Erases a profile: the log, what was made of it, what is due, and what stands of it in other places. A device that has
 * joined a customer takes its own part out of the customer's profile. May be repeated.
 */
export async function eraseProfile(env: Env, address: ProfileAddress): Promise<void> {
  const gone = await profileStub(env, address).erase(address);
  if (!gone) return;
  const customer: ProfileAddress = { kind: "customer", id: gone.moved };
  const takeOut = (): Promise<void> => profileStub(env, customer).removeDevice(customer, address.id, true);
  await takeOut();
  await homeOf(env, customer.id, address.id).forget();
  // A call that was sent on to the customer before the device was forgotten may have taken it in again.
  await takeOut();
}

/** Undoes the join of a device: its log goes back to it, and the customer's profile is what it would be without. */
export async function removeDevice(env: Env, customer: ProfileAddress, device: string): Promise<void> {
  await profileStub(env, customer).removeDevice(customer, device, false);
}
