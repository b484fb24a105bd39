import type { Definition } from "../definition/definition.ts";
import type { StepPath } from "./step-path.ts";

/** A customer on the way through a journey. */
export interface JourneyRun {
  journey: string;
  /** When it began, ms. There is one of a journey at that instant. */
  at: number;
  /** Hash of the version that it follows to its end. */
  version: string;
  /** The profile that it began with, by which its keys are made: also where the profile has joined another one. */
  owner: string;
  path: StepPath;
  /** When it came to the step there, ms. */
  since: number;
  /** When it goes on by time alone, ms. */
  wake: number;
}

/** Where one profile stands in all journeys: plain JSON. */
export interface JourneysState {
  /** Of each journey that the definition has, whether its `enter` held at the last look. */
  holds: { [journey: string]: boolean };
  /** Of each journey that ever ran, when its last run began, ms. */
  last: { [journey: string]: number };
  runs: JourneyRun[];
  /** What runs follow, by its hash: a definition of its own. */
  versions: { [hash: string]: Definition };
  /** The messages that count for a cap. */
  sent: { journey: string; at: number }[];
  /** When a version that is no longer the definition's may have another answer, ms. */
  watch?: number;
}

export function freshJourneys(): JourneysState {
  return { holds: {}, last: {}, runs: [], versions: {}, sent: [] };
}

/** What is kept of a journey, whatever its id: it may be the name of what every object inherits. */
export function keptOf<Value>(
  all: { readonly [journey: string]: Value },
  journey: string,
): Value | undefined {
  return Object.hasOwn(all, journey) ? all[journey] : undefined;
}

export function keep<Value>(all: { [journey: string]: Value }, journey: string, value: Value): void {
  Object.defineProperty(all, journey, { value, configurable: true, enumerable: true, writable: true });
}

/** When there is something to do by time alone, ms; Infinity for never. */
export function nextWake({ runs, watch = Infinity }: JourneysState): number {
  return runs.reduce((next, { wake }) => Math.min(next, wake), watch);
}

/** Leaves only the versions that a run follows. */
export function dropVersions(state: JourneysState): void {
  const followed = new Set(state.runs.map(({ version }) => version));
  state.versions = Object.fromEntries(Object.entries(state.versions).filter(([hash]) => followed.has(hash)));
}
