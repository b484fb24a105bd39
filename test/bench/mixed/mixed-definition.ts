import { compile, type Condition, type Program } from "@murmur/core";
import { CONDITION_KINDS, NAMED_MEASURES } from "./condition-kinds.ts";
import { type Kinds, measureKinds } from "./measure-kinds.ts";

/** Everything that a definition can ask and that makes transitions, by kind. */
export const KINDS: Kinds = { ...measureKinds(), ...CONDITION_KINDS };

/** A program of these kinds alone; a segment's id is its kind's name and a number. */
export function programOf(kinds: readonly string[]): Program {
  const segments: Record<string, Condition> = {};
  for (const kind of kinds) {
    for (const [at, condition] of KINDS[kind]!.entries()) segments[`${kind} ${at}`] = condition;
  }
  return compile({ segments, ...(kinds.includes("measure") && { measures: NAMED_MEASURES }) });
}
