import type { Env } from "../env.ts";
import type { ProfileAddress } from "../profile/profile-address.ts";
import { experimentShardOf } from "./experiment-shards.ts";

/** Takes what a profile contributed out of every experiment. */
export async function leaveExperiments(env: Env, address: ProfileAddress): Promise<void> {
  const { shard, member } = await experimentShardOf(env, address);
  await shard.remove(member);
}
