import type { CompiledTest } from "./comparison.ts";
import type { PlannedOperator, PlannedSegment } from "./plan.ts";

/**
 * A condition made ready; conditions that mean the same by their form share one. It is a leaf, which tests the value of
 * an operator or the context, or it is made of parts: true when at least `min` of them are, or, negated,
 * when fewer are.
 */
export interface Node extends Partial<Omit<CompiledTest, "edges">> {
  /** Position among those that every profile keeps, parts before what is made of them; -1 when it reaches the context. */
  at: number;
  parents: Node[];
  /** The segments that it decides. */
  segments: PlannedSegment[];
  /** Of a leaf: the operator whose value it tests; none tests the context. */
  planned?: PlannedOperator;
  parts?: Node[];
  min?: number;
  negate?: boolean;
}

/** Whether so many true parts make it true. */
export function opens({ min, negate }: Node, count: number): boolean {
  return count >= min! !== negate;
}

/** Whether it is true, its leaves being so. */
export function truthOf(node: Node, isTrue: (leaf: Node) => boolean): boolean {
  const { parts } = node;
  return parts ? opens(node, parts.filter((part) => truthOf(part, isTrue)).length) : isTrue(node);
}
