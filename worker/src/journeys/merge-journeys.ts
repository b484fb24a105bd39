import { dropVersions, type Definition, type JourneysState } from "@murmur/core";

/**
 * The journeys of two profiles that have become one. Of two runs of one journey, that which began earlier goes on; one that
 * ended here, or began before one that has, does not come back, so it may be repeated. What holds on either side is no news.
 */
export function mergeJourneys(
  here: JourneysState,
  there: JourneysState,
  { journeys = {} }: Definition,
): JourneysState {
  const merged = structuredClone(here);
  for (const run of there.runs) {
    const own = here.runs.find(({ journey }) => journey === run.journey);
    const last = here.last[run.journey] ?? -Infinity;
    if (own ? run.at >= own.at : run.at <= last) continue;
    merged.runs = [...merged.runs.filter((each) => each !== own && each.journey !== run.journey), run];
    merged.versions[run.version] = there.versions[run.version]!;
  }
  for (const [journey, at] of Object.entries(there.last))
    merged.last[journey] = Math.max(at, merged.last[journey] ?? -Infinity);
  for (const [journey, holds] of Object.entries(there.holds)) {
    const own = here.holds[journey];
    const isExit = journeys[journey]?.on === "exit";
    merged.holds[journey] = own === undefined ? holds : isExit ? own && holds : own || holds;
  }
  const sent = new Map([...here.sent, ...there.sent].map((each) => [`${each.at} ${each.journey}`, each]));
  merged.sent = [...sent.values()].sort((a, b) => a.at - b.at);
  dropVersions(merged);
  return merged;
}
