import type { Condition } from "../definition/condition.ts";
import { segmentDefinition, type Definition } from "../definition/definition.ts";

/** A condition that stands alone: a segment's, a variant's or an audience. */
export interface Root {
  condition: Condition;
  path: string;
  /** The segment's id, where it is one's. */
  segment?: string;
}

/** The conditions of all segments, of all variants of slots, and the audiences of experiments. */
export function roots(definition: Definition): Root[] {
  const segments = Object.entries(definition.segments).map(([id, segment]) => ({
    condition: segmentDefinition(segment).when,
    path: segmentPath(id, segment),
    segment: id,
  }));
  const variants = Object.entries(definition.slots ?? {}).flatMap(([name, slot]) =>
    slot.variants.map(({ when }, at) => ({
      condition: when,
      path: `slots.${name}.variants[${at}].when`,
    })),
  );
  const audiences = Object.entries(definition.experiments ?? {}).flatMap(([id, { audience }]) =>
    audience ? [{ condition: audience, path: `experiments.${id}.audience` }] : [],
  );
  return [...segments, ...variants, ...audiences];
}

/** Where the condition of a segment stands. */
export function segmentPath(id: string, segment: object): string {
  return "when" in segment ? `segments.${id}.when` : `segments.${id}`;
}

/** The conditions right below one, each with its path. */
export function parts(condition: Condition, path: string): { condition: Condition; path: string }[] {
  if ("not" in condition) return [{ condition: condition.not, path: `${path}.not` }];
  if ("all" in condition) return listed(condition.all, `${path}.all`);
  if ("any" in condition) return listed(condition.any, `${path}.any`);
  if ("atLeast" in condition) return listed(condition.of, `${path}.of`);
  return [];
}

/** A condition and everything below it. */
export function everyCondition(condition: Condition, path: string): { condition: Condition; path: string }[] {
  const below = parts(condition, path).flatMap((part) => everyCondition(part.condition, part.path));
  return [{ condition, path }, ...below];
}

function listed(conditions: readonly Condition[], path: string): { condition: Condition; path: string }[] {
  return conditions.map((condition, at) => ({ condition, path: `${path}[${at}]` }));
}
