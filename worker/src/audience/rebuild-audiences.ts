import type { Env } from "../env.ts";
import { objectById } from "../object-stub.ts";
import type { ProfileObject } from "../profile/profile-face.ts";
import { Problem } from "../wire/problem.ts";

/** How many profiles are asked at once. */
const AT_ONCE = 32;

/** What came of it. */
export interface Rebuilt {
  /** So many profiles tell their shard anew where they stand. */
  told: number;
  /** So many have never been in a segment, or are no more. */
  nowhere: number;
}

/** Has profiles tell their audience shards anew where they stand: what a shard has lost is made good by them. */
export async function rebuildAudiences(env: Env, profiles: readonly string[]): Promise<Rebuilt> {
  const objects = profiles.map((id) => profileOf(env, id));
  const rebuilt: Rebuilt = { told: 0, nowhere: 0 };
  for (let at = 0; at < objects.length; at += AT_ONCE)
    for (const told of await Promise.all(
      objects.slice(at, at + AT_ONCE).map((object) => object.outbox({ ask: "tell-anew" })),
    ))
      if (told) rebuilt.told++;
      else rebuilt.nowhere++;
  return rebuilt;
}

function profileOf(env: Env, id: string): ProfileObject {
  try {
    return objectById<ProfileObject>(env, env.PROFILE, id);
  } catch {
    throw new Problem("invalid_request", `${id} is the id of no Profile object here.`);
  }
}
