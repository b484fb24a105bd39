import type { Env } from "../env.ts";
import type { ProfileAddress } from "../profile/profile-address.ts";
import { shardOf } from "./audience-shards.ts";

/** Takes a profile out of every segment's count. */
export async function leaveAudiences(env: Env, address: ProfileAddress): Promise<void> {
  const { shard, member } = await shardOf(env, address);
  await shard.remove(member);
}
