import {
  loadExplained,
  type Definition,
  type Explanation,
  type Place,
  type Profile,
  type Program,
  type SegmentDefinition,
} from "@murmur/core";
import type { Look } from "./source.ts";
import { sentence, titleOf, type Measures } from "./words.ts";

/** What the views show: a look, and what the engine says of the profile in it. */
export interface Model {
  look: Look;
  /** By id. Empty before there is a definition. */
  segments: readonly SegmentModel[];
  measures: Measures;
  /** The first instant at which time alone may change a membership, ms. */
  nextChange?: number;
  /** Why there is nothing to say of segments, where there should be. */
  problem?: string;
}

export interface SegmentModel extends SegmentName {
  isIn: boolean;
  explanation: Explanation;
}

/** What does not change with the profile. */
export interface SegmentName {
  id: string;
  title: string;
  /** The definition's own words, or its condition's. */
  summary: string;
  /** Whether those are the definition's own. */
  isDescribed: boolean;
  place?: Place;
}

/** Makes models of looks. A definition is made ready once, for as long as it stays the same. */
export function modelMaker(): (look: Look) => Model {
  let program: { hash: string; ready: Program; names: readonly SegmentName[] } | undefined;
  return (look) => {
    const { manifest, snapshot } = look;
    const bare = { look, segments: [], measures: manifest?.definition.measures ?? {} };
    if (!manifest || !snapshot) return bare;
    try {
      if (program?.hash !== manifest.hash)
        program = {
          hash: manifest.hash,
          ready: loadExplained(manifest.definition),
          names: namesOf(manifest.definition),
        };
      const profile = program.ready.profile(snapshot);
      // Nothing has changed since it was taken but what is measured by time.
      if (profile.clock !== undefined) profile.advance(look.now);
      const segments = segmentsOf(program.names, profile, look);
      const changes = segments.flatMap(({ explanation }) => explanation.until ?? []);
      const nextChange = Math.min(...changes, Infinity);
      return { ...bare, segments, ...(nextChange < Infinity && { nextChange }) };
    } catch (cause) {
      return { ...bare, problem: cause instanceof Error ? cause.message : String(cause) };
    }
  };
}

/** What the definition says of its segments, by id. */
function namesOf({ segments, measures }: Definition): SegmentName[] {
  return Object.keys(segments)
    .sort()
    .map((id) => {
      const segment = segments[id]!;
      // A bare condition is short for one with nothing beside it.
      const { name, description, evaluate, when } = (
        "when" in segment ? segment : { when: segment }
      ) as SegmentDefinition;
      return {
        id,
        title: name ?? titleOf(id),
        summary: description ?? sentence(when, measures),
        isDescribed: description !== undefined,
        ...(evaluate && { place: evaluate }),
      };
    });
}

function segmentsOf(names: readonly SegmentName[], profile: Profile, { context }: Look): SegmentModel[] {
  const members = new Set(profile.segments(context));
  return names.map((name) => ({
    ...name,
    isIn: members.has(name.id),
    explanation: profile.explain(name.id, context)!,
  }));
}
