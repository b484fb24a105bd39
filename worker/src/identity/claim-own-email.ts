import type { Env } from "../env.ts";
import type { LogStore } from "../profile/log-store.ts";
import type { ProfileAddress } from "../profile/profile-address.ts";
import { claimEmail, emailOwners } from "./claim-email.ts";

/** The address that the log names is this profile's, where it may claim one. */
export async function claimOwnEmail(env: Env, address: ProfileAddress, store: LogStore): Promise<void> {
  const owners = emailOwners(env, address);
  if (owners) await claimEmail(store, address, owners);
}
