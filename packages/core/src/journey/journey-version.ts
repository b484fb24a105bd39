import { definitionHash } from "../definition/hash.ts";
import { segmentDefinition, type Definition } from "../definition/definition.ts";
import type { JourneyDefinition } from "../definition/journey.ts";
import { eventNames, filterOf } from "../definition/selector.ts";
import type { Program } from "../engine/load-explained.ts";
import { planFilter } from "../filter/plan-filter.ts";
import { testOf } from "../filter/test-of.ts";
import type { EventEntry } from "../log/entry.ts";
import { loadWithJourneys } from "./load-with-journeys.ts";

/** A journey as one definition has it, with all that it needs: so it can be followed to its end under any other. */
export interface JourneyVersion {
  id: string;
  /** Names it: 16 hex digits. */
  hash: string;
  journey: JourneyDefinition;
  /** The journey alone, with the segments, measures and templates that it names. */
  definition: Definition;
  isGoal(event: EventEntry): boolean;
  /** What evaluates it by itself. */
  program(): Program;
}

/** A journey of a definition that was checked. */
export function versionOf(definition: Definition, id: string): JourneyVersion {
  return versionFrom(extract(definition, id));
}

/** A version as it was kept. */
export function versionFrom(definition: Definition): JourneyVersion {
  const [id, journey] = Object.entries(definition.journeys!)[0]!;
  let program: Program | undefined;
  return {
    id,
    journey,
    definition,
    hash: definitionHash(definition),
    isGoal: goalTest(journey),
    program: () => (program ??= loadWithJourneys(definition)),
  };
}

function goalTest({ goal }: JourneyDefinition): (event: EventEntry) => boolean {
  if (goal === undefined) return () => false;
  const names = new Set(eventNames(goal));
  const matches = testOf(planFilter(filterOf(goal)));
  return ({ name, properties }) => names.has(name) && matches(properties ?? {});
}

function extract(definition: Definition, id: string): Definition {
  const journey = definition.journeys![id]!;
  const segments: Definition["segments"] = Object.fromEntries(
    [...needed(definition, journey)].map((name) => [
      name,
      { when: segmentDefinition(definition.segments[name]!).when },
    ]),
  );
  const text = JSON.stringify([journey, segments]);
  const templates = named(definition.templates, text);
  const { private: secret } = definition;
  return {
    segments,
    measures: named(definition.measures, text + JSON.stringify(templates)),
    journeys: { [id]: journey },
    templates,
    ...(secret && { private: secret }),
  };
}

/** Those whose names are in a text: one too many does no harm. */
function named<Value>(all: { readonly [name: string]: Value } = {}, text: string): { [name: string]: Value } {
  return Object.fromEntries(
    Object.entries(all).filter(([name]) => text.includes(JSON.stringify(name).slice(1, -1))),
  );
}

/** Ids of the segments that something names, and those that these name. */
function needed({ segments }: Definition, value: unknown, found = new Set<string>()): Set<string> {
  if (typeof value !== "object" || value === null) return found;
  for (const [key, inner] of Object.entries(value)) {
    // Of what only looks like a name, in the data of a step, there may be no segment; one too many does no harm.
    if (key === "segment" && typeof inner === "string" && Object.hasOwn(segments, inner)) {
      if (found.has(inner)) continue;
      found.add(inner);
      needed({ segments }, segments[inner], found);
    } else needed({ segments }, inner, found);
  }
  return found;
}
