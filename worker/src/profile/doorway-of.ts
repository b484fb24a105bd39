import type { Env } from "../env.ts";
import type { Doorway } from "./admit.ts";
import { homeOf } from "./device-side.ts";
import type { OpenProfile } from "./open-profile.ts";
import type { ProfileAddress } from "./profile-address.ts";

/** Where a device that calls at a customer's profile is let in, or let go. */
export function doorwayOf(
  env: Env,
  { store, keeper, journeys, clock }: OpenProfile,
  { id }: ProfileAddress,
  device: string,
): Doorway {
  return { store, keeper, journeys, home: homeOf(env, id, device), now: () => clock.now() };
}
