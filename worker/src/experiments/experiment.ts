import {
  EXPERIMENT_VIEWED,
  goalReader,
  HOLDOUT,
  parseDuration,
  type Definition,
  type ExperimentDefinition,
  type ExperimentGoal,
  type MurmurEvent,
  type Total,
} from "@murmur/core";

/** What results need to know of an experiment's definition. Its first variant is the control. */
export type Experiment = Pick<
  ExperimentDefinition,
  "name" | "variants" | "holdout" | "allocation" | "status"
> & { goal: ExperimentGoal };

/** An experiment, ready to be counted. */
export interface Counted {
  /** What can have been shown: the variants, and being held out. */
  arms: ReadonlySet<string>;
  /** Names what is counted: another goal counts anew. */
  goal: string;
  /** For how long after the exposure conversions count, ms. */
  within: number;
  /** What an event is worth, in units of 1/10000; none for what is no conversion. */
  read: (event: MurmurEvent) => Total | undefined;
}

/** All that is counted, by the experiment's id, and the names of events that matter to it. */
export interface Counting {
  experiments: ReadonlyMap<string, Counted>;
  events: ReadonlySet<string>;
}

const prepared = new WeakMap<Definition, Counting>();

/** What is counted under a definition. */
export function countingFor({ definition }: { definition: Definition }): Counting {
  const counting = prepared.get(definition) ?? countingOf(experimentsOf(definition));
  prepared.set(definition, counting);
  return counting;
}

/** The experiments that are judged by something, as all are that the edge knows. */
export function experimentsOf({ experiments = {} }: Definition): Readonly<Record<string, Experiment>> {
  return Object.fromEntries(
    Object.entries(experiments).flatMap(([id, { goal, ...rest }]) => (goal ? [[id, { ...rest, goal }]] : [])),
  );
}

/** Those that are running and whose shares follow their results. */
export function banditsOf(definition: Definition): [id: string, experiment: Experiment][] {
  return Object.entries(experimentsOf(definition)).filter(
    ([, { allocation, status = "running" }]) => allocation === "bandit" && status === "running",
  );
}

/** Prepares experiments for counting. */
export function countingOf(experiments: Readonly<Record<string, Experiment>>): Counting {
  const counted = Object.entries(experiments).map(([id, experiment]) => [id, countedOf(experiment)] as const);
  const goals = Object.values(experiments).flatMap(({ goal }) => goal.event);
  return {
    experiments: new Map(counted),
    events: new Set(counted.length > 0 ? [EXPERIMENT_VIEWED, ...goals] : []),
  };
}

function countedOf({ variants, goal }: Experiment): Counted {
  return {
    arms: new Set([...variants.map(({ id }) => id), HOLDOUT]),
    goal: JSON.stringify(goal),
    within: goal.within === undefined ? Infinity : parseDuration(goal.within)!,
    read: goalReader(goal),
  };
}
