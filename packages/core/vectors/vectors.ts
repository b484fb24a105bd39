import type {
  Context,
  Definition,
  Entry,
  Filter,
  Json,
  Scalar,
  SlotDecision,
  Transition,
} from "@murmur/core";

/** What every vector says of itself. */
interface Described {
  description: string;
  /** Rules of SPEC.md that it is there for. */
  rules: string[];
}

/** What can be seen of a profile. A measure that is missing is null. */
export interface Seen {
  segments?: string[];
  measures?: { [name: string]: Scalar | null };
}

/** At `now`, ms, by the host's clock: an entry arrives, or time has just passed; and what is seen then. */
export interface TimelineStep {
  now: number;
  entry?: Entry;
  expected?: Seen;
}

/** A definition, what its host meets one after the other, and what must come of it wherever it runs. */
export interface Timeline extends Described {
  definition: Definition;
  steps: TimelineStep[];
  /** Of all steps together, and after the last of them. */
  expected: Seen & { transitions: Transition[]; segments: string[] };
}

/** Filters, and the objects that each of them matches or misses. */
export interface FilterVector extends Described {
  filters: { filter: Filter; matches: { [key: string]: Json }[]; misses: { [key: string]: Json }[] }[];
}

/** A profile at an instant, and what is true of visits with a context, or, null, without one. */
export interface VisitVector extends Described {
  definition: Definition;
  entries: Entry[];
  now: number;
  visits: Visit[];
}

export interface Visit {
  context: Context | null;
  segments: string[];
  /** For each slot that is shown, the variant's id; null for the fallback. */
  slots?: { [name: string]: string | null };
}

/** A log, and what slots show by what of it is known at instants, which ascend: all of the decisions, whole. */
export interface DecisionVector extends Described {
  definition: Definition;
  entries: Entry[];
  decisions: Decision[];
}

export interface Decision {
  now: number;
  context?: Context;
  /** What experiments assign by. */
  unit?: string;
  /** Shares in place of weights. */
  allocations?: { [experiment: string]: number[] };
  slots: { [name: string]: SlotDecision };
}

/** Definitions that must not compile, each with the paths of all that is wrong, in any order. */
export interface RefusalVector extends Described {
  refused: { definition: Json; paths: string[] }[];
}

type Vector = Timeline | FilterVector | VisitVector | DecisionVector | RefusalVector;
type Titled<Kind> = [title: string, vector: Kind];

/** Every vector under a title that begins with its rules. A new one joins with a file of its own. */
const vectors = Object.entries(import.meta.glob<Vector>("./*.json", { eager: true, import: "default" })).map(
  ([file, vector]): Titled<Vector> => [`${vector.rules.join(" ")} ${file.slice(2, -5)}`, vector],
);

function having<Kind extends Vector>(key: string): Titled<Kind>[] {
  return vectors.filter(([, vector]) => key in vector) as Titled<Kind>[];
}

export const timelines = having<Timeline>("steps");
export const filterVectors = having<FilterVector>("filters");
export const visitVectors = having<VisitVector>("visits");
export const decisionVectors = having<DecisionVector>("decisions");
export const refusalVectors = having<RefusalVector>("refused");
