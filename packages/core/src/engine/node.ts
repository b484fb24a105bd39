import type { Test } from "../filter/test-of.ts";

/** A node of a plan, brought to life. */
export interface Node {
  /** Position among those that every profile keeps, parts before what is made of them; -1 when it reaches the context. */
  at: number;
  /** Of a leaf: the test of an operator's value or of the context. */
  holds: Test | undefined;
  /** The next leaf of the same operator. */
  following: Node | undefined;
  parents: Node[];
  /** Positions of the segments that it decides. */
  decides: number[];
  parts: readonly Node[] | undefined;
  min: number;
  negate: boolean;
}

/** Whether what is made of parts is true, its parts being so. */
export function opens({ parts, min, negate }: Node, isTrue: (part: Node) => boolean): boolean {
  let missing = min;
  for (const part of parts!) missing -= +isTrue(part);
  return missing <= 0 !== negate;
}
