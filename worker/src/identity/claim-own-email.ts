import type { Env } from "../env.ts";
import type { LogStore } from "../profile/log-store.ts";
import type { ProfileAddress } from "../profile/profile-address.ts";
import { claimEmail, emailOwners, releaseUntold } from "./claim-email.ts";
import { emailOwner } from "./email-owner.ts";

/** The last claim of each profile in memory. */
const claims = new WeakMap<LogStore, Promise<void>>();
/** Stores of profiles that were erased: what is kept under their names now is another life's. */
const erased = new WeakSet<LogStore>();

/** The address that the log names is this profile's, where it may claim one. */
export async function claimOwnEmail(env: Env, address: ProfileAddress, store: LogStore): Promise<void> {
  const owners = emailOwners(env, address);
  if (owners) await inTurn(store, () => claimEmail(store, address, owners));
}

/** After entries have gone from the log: an address that they alone told of is not this profile's any more. */
export async function reclaimOwnEmail(env: Env, address: ProfileAddress, store: LogStore): Promise<void> {
  await inTurn(store, async () => {
    if (!(await releaseUntold(store, address, (hash) => emailOwner(env, hash)))) return;
    const owners = emailOwners(env, address);
    if (owners) await claimEmail(store, address, owners);
  });
}

/** Does `work`, which erases the profile, while none of its claims is on its way; whatever would claim after it fails. */
export async function withoutClaims(store: LogStore, work: () => Promise<void>): Promise<void> {
  await inTurn(store, async () => {
    await work();
    erased.add(store);
  });
}

/** One claim after the other: of two at once, each would go by what was claimed before both. */
async function inTurn(store: LogStore, work: () => Promise<void>): Promise<void> {
  const done = (claims.get(store) ?? Promise.resolve()).then(() => {
    if (erased.has(store)) throw new Error("the profile was erased meanwhile");
    return work();
  });
  claims.set(
    store,
    done.catch(() => undefined),
  );
  return done;
}
