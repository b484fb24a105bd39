import {
  bucketOf,
  parseDuration,
  parseInstant,
  type Definition,
  type EventEntry,
  type ExperimentDefinition,
  type Schedule,
  type SlotCap,
  type SlotDefinition,
} from "../../src/index.ts";
import { Oracle } from "./oracle.ts";

const SESSION = 30 * 60_000;

/** What is shown, as far as it is decided: no words, no content. */
export interface Shown {
  variant: string | null;
  experiment?: { id: string; variant: string; viewed: boolean };
}

/**
 * The slow, obvious reading of slots and experiments: it looks through the whole log for everything, in the words of the
 * contract. It shares conditions with the engine's oracle, and the buckets, which have vectors of their own, with the engine.
 */
export class DecisionOracle {
  readonly #definition: Definition;
  readonly #oracle: Oracle;

  constructor(definition: Definition, log: readonly EventEntry[]) {
    this.#definition = definition;
    this.#oracle = new Oracle(definition);
    for (const entry of log) this.#oracle.add(entry);
  }

  /** At t, for a unit: nothing for a slot that is left to the page. */
  decide(name: string, t: number, unit: string | undefined): Shown | undefined {
    const slot = this.#definition.slots![name]!;
    const isFree = isOpen(slot.schedule, t) && !this.#isUsedUp(name, slot, undefined, t);
    const variant = slot.variants.find(
      ({ id, when, schedule }) =>
        isFree && isOpen(schedule, t) && this.#oracle.isTrue(when, t) && !this.#isUsedUp(name, slot, id, t),
    );
    const ordinary = variant ? { variant: variant.id } : slot.fallback && { variant: null };
    if (!isFree) return ordinary;
    for (const [id, experiment] of Object.entries(this.#definition.experiments ?? {})) {
      const arm = experiment.slot === name ? this.#armOf(id, experiment, t, unit) : undefined;
      if (arm === undefined) continue;
      const shown = experiment.variants.find((each) => each.id === arm)?.content
        ? { variant: arm }
        : ordinary;
      const viewed = this.#session(t).some((event) => isView(event, id));
      return { variant: null, ...shown, experiment: { id, variant: arm, viewed } };
    }
    return ordinary;
  }

  #isUsedUp(name: string, slot: SlotDefinition, id: string | undefined, t: number): boolean {
    const caps = [slot.cap ?? []].flat() as SlotCap[];
    return caps.some(({ variant, max, within }) => {
      if (variant !== id) return false;
      const among =
        within === "session"
          ? this.#session(t)
          : this.#events(t).filter(({ timestamp }) => !within || timestamp > t - parseDuration(within)!);
      const counted = among.filter(
        (event) =>
          event.name === "Slot Viewed" &&
          event.properties?.["slot"] === name &&
          (variant === undefined || event.properties["variant"] === variant),
      );
      return counted.length >= max;
    });
  }

  #armOf(
    id: string,
    experiment: ExperimentDefinition,
    t: number,
    unit: string | undefined,
  ): string | undefined {
    const { status = "running", schedule, audience = { all: [] }, variants, group, seed = id } = experiment;
    const { holdout = 0, coverage = 1 } = experiment;
    if (status !== "running" || !isOpen(schedule, t) || !this.#oracle.isTrue(audience, t)) return undefined;
    const together = Object.entries(this.#definition.experiments!)
      .filter(
        ([other, each]) =>
          other === id || ((each.status ?? "running") === "running" && excludes(experiment, each)),
      )
      .map(([other]) => other);
    const first = this.#events(t).find((event) => together.some((other) => isView(event, other)));
    const isAlone = together.length === 1;
    if (!isAlone && first && !isView(first, id)) return undefined;
    const arms = [...variants.map((each) => each.id), ...(holdout > 0 ? ["holdout"] : [])];
    const exposed = this.#events(t)
      .filter((event) => isView(event, id))
      .map(({ properties }) => properties?.["variation_id"])
      .find((variation) => variation !== undefined);
    if (typeof exposed === "string" && arms.includes(exposed)) return exposed;
    if (unit === undefined) return undefined;
    if (group) {
      const place = bucketOf(`group:${group.name}`, unit);
      if (place < group.range[0] || place >= group.range[1]) return undefined;
    }
    const bucket = bucketOf(seed, unit);
    let start = 0;
    const dealt = variants.find(({ weight = 1 / variants.length }) => {
      const isHere = bucket >= start && bucket < start + coverage * weight;
      start += weight;
      return isHere;
    });
    return dealt && bucketOf(`holdout:${seed}`, unit) < holdout ? "holdout" : dealt?.id;
  }

  #events(t: number): EventEntry[] {
    return this.#oracle.log
      .filter((entry): entry is EventEntry => entry.type === "event" && entry.timestamp <= t)
      .sort((a, b) => a.timestamp - b.timestamp || (a.id < b.id ? -1 : 1));
  }

  #session(t: number): EventEntry[] {
    const session: EventEntry[] = [];
    let next = t;
    for (const event of this.#events(t).reverse()) {
      if (next - event.timestamp >= SESSION) break;
      session.push(event);
      next = event.timestamp;
    }
    return session;
  }
}

function isView({ name, properties }: EventEntry, id: string): boolean {
  return name === "Experiment Viewed" && properties?.["experiment_id"] === id;
}

function isOpen({ from, to }: Schedule = {}, t: number): boolean {
  return (from === undefined || parseInstant(from)! <= t) && (to === undefined || t < parseInstant(to)!);
}

function excludes({ group: one }: ExperimentDefinition, { group: other }: ExperimentDefinition): boolean {
  if (!one || !other || one.name !== other.name) return false;
  return one.range[1] <= other.range[0] || other.range[1] <= one.range[0];
}
