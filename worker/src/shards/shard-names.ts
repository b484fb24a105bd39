import type { ProfileAddress } from "../profile/profile-address.ts";
import { sha256Hex } from "../wire/sha256-hex.ts";

/** How many bytes that a hash can begin with share a shard. */
const WIDTH = 4;

/** The shards' names, `00` to `3f`, in the order of the hashes that each keeps. None is asked by every call. */
export const SHARDS: readonly string[] = Array.from({ length: 256 / WIDTH }, (_, n) => shardName(n * WIDTH));

/** How many shards are asked at once. */
const AT_ONCE = 32;

/** A profile's name in shards: a hash of whose it is. */
export function memberOf({ kind, id }: ProfileAddress): Promise<string> {
  return sha256Hex(`${kind}:${id}`);
}

/** The shard that keeps a member, by the hash that the member goes by. */
export function shardOfMember(member: string): string {
  return shardName(parseInt(member.slice(0, 2), 16));
}

/** Asks all shards, some at a time. */
export async function askShards<Answer>(ask: (name: string) => Promise<Answer>): Promise<Answer[]> {
  const answers: Answer[] = [];
  for (let at = 0; at < SHARDS.length; at += AT_ONCE)
    answers.push(...(await Promise.all(SHARDS.slice(at, at + AT_ONCE).map(ask))));
  return answers;
}

function shardName(byte: number): string {
  return Math.floor(byte / WIDTH)
    .toString(16)
    .padStart(2, "0");
}
