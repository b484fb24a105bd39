import { leaveAudiences } from "../audience/leave-audiences.ts";
import { leaveExperiments } from "../experiments/leave-experiments.ts";
import { releaseEmail } from "../identity/claim-email.ts";
import { emailOwner } from "../identity/email-owner.ts";
import type { Env } from "../env.ts";
import { homeOf } from "./device-side.ts";
import type { LogStore } from "./log-store.ts";
import type { ProfileAddress } from "./profile-address.ts";

type Erasure = (env: Env, address: ProfileAddress, store: LogStore) => Promise<void>;

/** Of a customer's devices, the word of where they have gone. A device that joins meanwhile is among them. */
const eraseDevices: Erasure = async (env, address, store) => {
  const done = new Set<string>();
  for (;;) {
    const next = store.devices().find(({ id, state }) => state !== "apart" && !done.has(id));
    if (!next) return;
    await homeOf(env, address.id, next.id).forget();
    done.add(next.id);
  }
};

/** The address that the profile has claimed is nobody's again. */
export const giveUpEmail: Erasure = (env, address, store) =>
  releaseEmail(store, address, (hash) => emailOwner(env, hash));

/** Where it is counted, it is counted no more. */
export async function leaveShards(env: Env, address: ProfileAddress): Promise<void> {
  await Promise.all([leaveAudiences(env, address), leaveExperiments(env, address)]);
}

/** Everything of a profile that stands in other places. A new kind: one line. Each may be broken off and begun again. */
const ERASURES: readonly Erasure[] = [giveUpEmail, leaveShards, eraseDevices];

/** Erases what stands of a profile in other places; its own object is for afterwards. */
export async function eraseElsewhere(env: Env, address: ProfileAddress, store: LogStore): Promise<void> {
  for (const erase of ERASURES) await erase(env, address, store);
}
