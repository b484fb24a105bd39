import type { Env } from "../env.ts";
import { askProfile, type Outcome } from "../profile/ask-profile.ts";
import { profileStub, type ProfileAddress } from "../profile/profile-address.ts";
import { Problem } from "../wire/problem.ts";
import { listenerRequest, type Admitted } from "./push-object.ts";

/**
 * Connects a page to the profile that it is to be told of: the customer's, or the device's own or the one it joined.
 * Throws the problems `no_consent`, `too_many_connections` and, where a device is joining just now, `internal`.
 */
export async function openPush(env: Env, whose: ProfileAddress): Promise<Response> {
  const device = whose.kind === "device" ? whose.id : undefined;
  const answer = await askProfile<Response | Admitted>(whose, device, async (address) => {
    const response = await profileStub(env, address).fetch(listenerRequest({ address, device }));
    return response.webSocket
      ? { kind: "answer", answer: response }
      : await response.json<Outcome<Admitted>>();
  });
  if (answer === "no_consent")
    throw new Problem(
      "no_consent",
      "The shopper does not allow personalization: there is nothing to be told.",
    );
  if (typeof answer === "string")
    throw new Problem("too_many_connections", "Connect only the pages that are seen, and come back later.");
  return answer;
}
