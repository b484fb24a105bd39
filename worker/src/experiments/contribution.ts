import { addTo, EXPERIMENT_VIEWED, isAfter, type Entry, type EventEntry, type Units } from "@murmur/core";
import type { Counted, Counting } from "./experiment.ts";

/** What a profile adds to the results of an experiment: a function of its log, and of nothing else. */
export interface Contribution {
  experiment: string;
  /** The variant of its earliest exposure. */
  variant: string;
  /** When that was, ms. */
  exposedAt: number;
  /** How many conversions came after it. */
  conversions: number;
  /** What they are worth together, in units of 1/10000: exact. */
  value: Units;
}

/** The same with what it takes to go on from there. */
export interface KeptContribution extends Contribution {
  /** The id of the exposure: of two at one instant, the lower one is the earlier. */
  exposure: string;
  /** What was counted. */
  goal: string;
}

/**
 * What a whole log contributes. `folded` is what older entries did, which the log no longer has: of another goal than
 * today's, only the exposure counts.
 */
export function contributionsOf(
  counting: Counting,
  log: Iterable<Entry>,
  folded: readonly KeptContribution[] = [],
): KeptContribution[] {
  // No more of it is held than is counted.
  const events: EventEntry[] = [];
  for (const entry of log) if (isCounted(counting, entry)) events.push(entry);
  const kept = new Map(
    folded.flatMap((contribution) => {
      const again = restored(counting, contribution);
      return again ? [[again.experiment, again]] : [];
    }),
  );
  for (const event of events) {
    const shown = exposureOf(counting, event);
    if (shown && isEarlier(shown, kept.get(shown.experiment))) kept.set(shown.experiment, shown);
  }
  return withConversions(counting, [...kept.values()], events);
}

/** What a log contributes after it has gained entries; none where that takes a look at the whole of it. */
export function contributionsAfter(
  counting: Counting,
  before: readonly KeptContribution[],
  gained: readonly Entry[],
): KeptContribution[] | undefined {
  const events = gained.filter((entry) => isCounted(counting, entry));
  const isNew = events.some((event) => {
    const shown = exposureOf(counting, event);
    return (
      shown &&
      isEarlier(
        shown,
        before.find(({ experiment }) => experiment === shown.experiment),
      )
    );
  });
  return isNew ? undefined : withConversions(counting, before, events);
}

/** Whether an entry can matter to any experiment. */
export function isCounted({ events }: Counting, entry: Entry): entry is EventEntry {
  return entry.type === "event" && events.has(entry.name);
}

function restored({ experiments }: Counting, folded: KeptContribution): KeptContribution | undefined {
  const counted = experiments.get(folded.experiment);
  if (!counted?.arms.has(folded.variant)) return undefined;
  return counted.goal === folded.goal ? folded : { ...folded, goal: counted.goal, conversions: 0, value: 0 };
}

/** The exposure that an event tells of, with nothing counted yet. To what no experiment has, nobody was exposed. */
function exposureOf({ experiments }: Counting, event: EventEntry): KeptContribution | undefined {
  if (event.name !== EXPERIMENT_VIEWED) return undefined;
  const { experiment_id: experiment, variation_id: variant } = event.properties ?? {};
  if (typeof experiment !== "string" || typeof variant !== "string") return undefined;
  const counted = experiments.get(experiment);
  if (!counted?.arms.has(variant)) return undefined;
  const { id: exposure, timestamp: exposedAt } = event;
  return { experiment, variant, exposedAt, exposure, goal: counted.goal, conversions: 0, value: 0 };
}

function isEarlier(shown: KeptContribution, known: KeptContribution | undefined): boolean {
  return !known || isAfter([known.exposedAt, known.exposure], [shown.exposedAt, shown.exposure]);
}

function withConversions(
  { experiments }: Counting,
  contributions: readonly KeptContribution[],
  events: readonly EventEntry[],
): KeptContribution[] {
  return contributions.map((contribution) => {
    const counted = experiments.get(contribution.experiment)!;
    let { conversions, value } = contribution;
    for (const event of events) {
      const worth = isInTime(counted, contribution, event) ? counted.read(event) : undefined;
      if (worth === undefined) continue;
      conversions++;
      value = addTo(value, worth);
    }
    return { ...contribution, conversions, value };
  });
}

function isInTime(
  { within }: Counted,
  { exposedAt, exposure }: KeptContribution,
  { timestamp, id }: EventEntry,
): boolean {
  return isAfter([timestamp, id], [exposedAt, exposure]) && timestamp - exposedAt < within;
}
