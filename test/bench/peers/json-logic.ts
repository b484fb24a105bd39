import { LogicEngine } from "json-logic-engine";
import type { Peer, Question } from "./peer.ts";

/** All segments in one rule, which is compiled to one function: several times faster than a rule for each. */
export function jsonLogicPeer({ categories, segments, moreThan }: Question): Peer {
  const rule = new LogicEngine().build(
    categories.map((category) => ({ ">": [{ var: category }, moreThan] })),
  );
  return {
    name: "json-logic-engine",
    members(counts) {
      const holds = rule(counts) as readonly boolean[];
      return segments.filter((_segment, at) => holds[at]);
    },
  };
}
