import type { Env } from "../env.ts";
import { shardOfMember, SHARDS } from "../shards/shard-names.ts";
import type { Member } from "./audience-object.ts";
import { audienceShard } from "./audience-shards.ts";

/** How many members are read from a shard at a time. */
const PAGE = 1_000;

/** What of a segment's members is asked for. */
export interface Export {
  segment: string;
  /** One shard alone. */
  shard?: string | undefined;
  /** The cursor of the last line that was read. */
  after?: string | undefined;
}

/**
 * The members of a segment as NDJSON, in order of the hash of their address, which is also the cursor: what breaks off is gone
 * on with from the last whole line. It is read as it is taken, page by page.
 */
export function exportMembers(env: Env, asked: Export): ReadableStream<Uint8Array> {
  const pages = pagesOf(env, asked);
  const encoder = new TextEncoder();
  return new ReadableStream({
    async pull(controller) {
      const { done, value } = await pages.next();
      if (done) controller.close();
      else controller.enqueue(encoder.encode(value.map(line).join("")));
    },
  });
}

async function* pagesOf(env: Env, { segment, shard, after = "" }: Export): AsyncGenerator<Member[]> {
  const first = after === "" ? "" : shardOfMember(after);
  const names = SHARDS.filter((name) => (shard ?? name) === name && name >= first);
  for (const name of names)
    for (let last = after; ;) {
      const page = await audienceShard(env, name).members(segment, last, PAGE);
      if (page.length > 0) yield page;
      if (page.length < PAGE) break;
      last = page.at(-1)!.member;
    }
}

function line({ member, address: { kind, id }, since, marketing }: Member): string {
  const who = kind === "customer" ? { userId: id } : { anonymousId: id };
  return `${JSON.stringify({ ...who, since, marketing, cursor: member })}\n`;
}
