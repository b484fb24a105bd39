import type { Env } from "../env.ts";
import { objectStub } from "../object-stub.ts";
import type { ProfileAddress } from "../profile/profile-address.ts";
import { memberOf, shardOfMember } from "../shards/shard-names.ts";
import type { AudienceShard } from "./audience-object.ts";

export function audienceShard(env: Env, name: string): AudienceShard {
  return objectStub(env, env.AUDIENCE, name);
}

/** The shard that counts a profile, and the profile's name in it. */
export async function shardOf(
  env: Env,
  address: ProfileAddress,
): Promise<{ shard: AudienceShard; member: string }> {
  const member = await memberOf(address);
  return { shard: audienceShard(env, shardOfMember(member)), member };
}
