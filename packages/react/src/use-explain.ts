import { explanation } from "@murmur/browser/answers";
import type { Explanation } from "@murmur/core";
import type { SegmentName } from "./register.ts";
import { useAnswer } from "./use-answer.ts";

/** Why the visitor is in a segment or not; undefined until the tag has loaded what it takes to say so. */
export function useExplain(id: SegmentName): Explanation | undefined {
  return useAnswer(
    explanation(id),
    () => undefined,
    (why) => why,
  );
}
