import { namesRead } from "./check/check-selector.ts";
import type { Plan } from "../engine/plan.ts";
import { Planner } from "../plan/planner.ts";
import { definitionHash } from "./hash.ts";
import { segmentDefinition, type Definition } from "./definition.ts";
import { isRunning, type ExperimentDefinition } from "./experiment.ts";
import type { Place } from "./place.ts";

/** A definition as it is handed on to where it runs: planned, and named. */
export interface Manifest {
  /** `definitionHash` of the definition: 16 hex digits. */
  hash: string;
  plan: Plan;
}

/** Plans and names a definition that was checked. */
export function manifestOf(definition: Definition): Manifest {
  return { hash: definitionHash(definition), plan: new Planner(definition).plan };
}

/** The part of a definition that devices run: without what is evaluated at the edge alone, and without words for people. */
export function deviceDefinition(definition: Definition): Definition {
  const segments = Object.entries(definition.segments)
    .map(([id, segment]) => [id, segmentDefinition(segment)] as const)
    .filter(([, { evaluate }]) => evaluate !== "edge")
    .map(([id, { when, evaluate }]) => [id, evaluate ? { when, evaluate } : { when }]);
  const slots = Object.entries(definition.slots ?? {}).filter(([, { evaluate }]) => evaluate !== "edge");
  return {
    segments: Object.fromEntries(segments) as Definition["segments"],
    ...(definition.measures && { measures: definition.measures }),
    ...(definition.private && { private: definition.private }),
    ...(definition.slots && { slots: Object.fromEntries(slots) }),
    ...(definition.experiments && { experiments: Object.fromEntries(deviceExperiments(definition)) }),
  };
}

/** What runs in slots that devices decide, without what it is judged by. */
function deviceExperiments(definition: Definition): [string, ExperimentDefinition][] {
  return experimentsBut("edge", definition)
    .filter(([, experiment]) => isRunning(experiment))
    .map(([id, { goal: _goal, description: _words, ...experiment }]) => [id, experiment]);
}

/** Experiments but those in slots that are decided at that place alone. */
function experimentsBut(place: Place, { slots, experiments }: Definition): [string, ExperimentDefinition][] {
  return Object.entries(experiments ?? {}).filter(([, { slot }]) => slots![slot]!.evaluate !== place);
}

/** The part of a definition that the edge runs: without what is evaluated, or can be known, on the device alone. */
export function edgeDefinition(definition: Definition): Definition {
  const secret = definition.private ?? [];
  const measures = Object.entries(definition.measures ?? {}).filter(
    ([, measure]) => !namesRead(measure).some((name) => secret.includes(name)),
  );
  const segments = Object.entries(definition.segments).filter(
    ([, segment]) => segmentDefinition(segment).evaluate !== "device",
  );
  const slots = Object.entries(definition.slots ?? {}).filter(([, { evaluate }]) => evaluate !== "device");
  return {
    ...definition,
    segments: Object.fromEntries(segments),
    ...(definition.measures && { measures: Object.fromEntries(measures) }),
    ...(definition.slots && { slots: Object.fromEntries(slots) }),
    ...(definition.experiments && {
      experiments: Object.fromEntries(experimentsBut("device", definition)),
    }),
  };
}
