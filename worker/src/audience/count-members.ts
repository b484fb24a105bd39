import { edgeProgram } from "../definition.ts";
import type { Env } from "../env.ts";
import { askShards } from "../shards/shard-names.ts";
import { audienceShard } from "./audience-shards.ts";

/** A segment, and how many are in it. */
export interface AudienceCount {
  segment: string;
  name?: string;
  members: number;
}

/** Counts the members of each segment that the edge evaluates: the sum of what the shards have tallied. */
export async function countMembers(env: Env): Promise<AudienceCount[]> {
  const sums = new Map<string, number>();
  for (const counts of await askShards((name) => audienceShard(env, name).counts()))
    for (const [segment, members] of Object.entries(counts))
      sums.set(segment, (sums.get(segment) ?? 0) + members);
  return Object.entries(edgeProgram.definition.segments).map(([segment, definition]) => {
    const name = "name" in definition ? definition.name : undefined;
    return { segment, ...(name !== undefined && { name }), members: sums.get(segment) ?? 0 };
  });
}
