import type { OutboxStore } from "../outbox/outbox-store.ts";
import { nextVersion } from "../outbox/publish.ts";
import { checkpointOf } from "../profile/checkpoint.ts";
import type { LogStore } from "../profile/log-store.ts";
import type { News } from "../profile/news.ts";
import { contributionsAfter, contributionsOf, isCounted, type KeptContribution } from "./contribution.ts";
import type { Counting } from "./experiment.ts";

interface Source {
  counting: Counting;
  store: LogStore;
}

/**
 * Writes down, for its experiment shard, what a profile contributes now. Call it within the transaction that stores the news.
 * Says whether there is anything to send.
 */
export function publishContributions(outbox: OutboxStore, log: News["log"], source: Source): boolean {
  const isOfNone = typeof log !== "string" && !log.some((entry) => isCounted(source.counting, entry));
  if (isOfNone) return false;
  const before = outbox.get("contributed") ?? { version: 0, confirmed: 0, contributions: [] };
  const contributions = contributionsNow(before.contributions, log, source);
  if (JSON.stringify(contributions) === JSON.stringify(before.contributions)) return false;
  outbox.put("contributed", { ...before, version: nextVersion(before), contributions });
  return true;
}

function contributionsNow(
  before: readonly KeptContribution[],
  log: News["log"],
  { counting, store }: Source,
): KeptContribution[] {
  if (log === "none") return [];
  const gained = log === "anew" ? undefined : contributionsAfter(counting, before, log);
  if (gained) return gained;
  return counting.experiments.size > 0
    ? contributionsOf(counting, store.all(), checkpointOf(store)?.contributions)
    : [];
}
