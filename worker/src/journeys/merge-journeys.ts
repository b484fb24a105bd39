import { dropVersions, mayBegin, type Definition, type JourneyRun, type JourneysState } from "@murmur/core";

/**
 * The journeys of two profiles that have become one. Of two runs of one journey, that which began earlier goes on; where the last
 * one here has ended, one that might have begun after it. So what ended here does not come back, and it may be repeated. What
 * holds on either side is no news.
 */
export function mergeJourneys(
  here: JourneysState,
  there: JourneysState,
  { journeys = {} }: Definition,
): JourneysState {
  const merged = structuredClone(here);
  for (const run of there.runs) {
    const own = here.runs.find(({ journey }) => journey === run.journey);
    if (own ? run.at >= own.at : !mayFollow(here, run, there)) continue;
    merged.runs = [...merged.runs.filter((each) => each !== own && each.journey !== run.journey), run];
    merged.versions[run.version] = there.versions[run.version]!;
  }
  // Maps, for an id may be the name of what every object inherits.
  const last = new Map(Object.entries(here.last));
  for (const [journey, at] of Object.entries(there.last))
    last.set(journey, Math.max(at, last.get(journey) ?? -Infinity));
  merged.last = Object.fromEntries(last);
  const held = new Map(Object.entries(here.holds));
  for (const [journey, holds] of Object.entries(there.holds)) {
    const own = held.get(journey);
    const isExit = Object.hasOwn(journeys, journey) && journeys[journey]!.on === "exit";
    held.set(journey, own === undefined ? holds : isExit ? own && holds : own || holds);
  }
  merged.holds = Object.fromEntries(held);
  const sent = new Map([...numbered(here.sent), ...numbered(there.sent)]);
  merged.sent = [...sent.values()].sort((a, b) => a.at - b.at);
  dropVersions(merged);
  return merged;
}

/** Whether a run might have begun here as well, by what its own version says of `again`. */
function mayFollow({ last }: JourneysState, run: JourneyRun, { versions }: JourneysState): boolean {
  const began = new Map(Object.entries(last)).get(run.journey);
  return mayBegin(versions[run.version]!.journeys![run.journey]!, began, run.at);
}

type Sent = JourneysState["sent"][number];

/** Messages by what they are known by on both sides: a journey may have sent several at one instant. */
function numbered(sent: readonly Sent[]): [name: string, message: Sent][] {
  const seen = new Map<string, number>();
  return sent.map((message) => {
    const name = `${message.at} ${message.journey}`;
    const before = seen.get(name) ?? 0;
    seen.set(name, before + 1);
    return [`${before} ${name}`, message];
  });
}
