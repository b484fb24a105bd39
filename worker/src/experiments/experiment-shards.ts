import type { Env } from "../env.ts";
import { objectStub } from "../object-stub.ts";
import type { ProfileAddress } from "../profile/profile-address.ts";
import { memberOf, shardOfMember } from "../shards/shard-names.ts";
import type { ExperimentShard } from "./experiment-object.ts";

export function experimentShard(env: Env, name: string): ExperimentShard {
  return objectStub(env, env.EXPERIMENTS, name);
}

/** The shard that counts what a profile contributes, and the profile's name in it. */
export async function experimentShardOf(
  env: Env,
  address: ProfileAddress,
): Promise<{ shard: ExperimentShard; member: string }> {
  const member = await memberOf(address);
  return { shard: experimentShard(env, shardOfMember(member)), member };
}
