import type { Env } from "../env.ts";
import { objectStub } from "../object-stub.ts";
import type { ProfileAddress } from "../profile/profile-address.ts";
import { sha256Hex } from "../wire/sha256-hex.ts";
import type { AudienceShard } from "./audience-object.ts";

/** How many bytes that a hash can begin with share a shard. */
const WIDTH = 4;

/** The shards' names, `00` to `3f`, in the order of the hashes that each keeps. None is asked by every call. */
export const SHARDS: readonly string[] = Array.from({ length: 256 / WIDTH }, (_, n) => shardName(n * WIDTH));

export function audienceShard(env: Env, name: string): AudienceShard {
  return objectStub(env, env.AUDIENCE, name);
}

/** The shard that keeps a member, by the hash that the member goes by. */
export function shardOfMember(member: string): string {
  return shardName(parseInt(member.slice(0, 2), 16));
}

/** The shard that counts a profile, and the profile's name in it. */
export async function shardOf(
  env: Env,
  { kind, id }: ProfileAddress,
): Promise<{ shard: AudienceShard; member: string }> {
  const member = await sha256Hex(`${kind}:${id}`);
  return { shard: audienceShard(env, shardOfMember(member)), member };
}

function shardName(byte: number): string {
  return Math.floor(byte / WIDTH)
    .toString(16)
    .padStart(2, "0");
}
