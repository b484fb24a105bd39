import { segments } from "@murmur/browser/answers";
import { bootstrapSegments } from "./bootstrap-segments.ts";
import type { SegmentName } from "./register.ts";
import { useAnswer } from "./use-answer.ts";

/** Ids of the segments that the visitor is in, sorted. The same array for as long as they are the same. */
export function useSegments(): readonly SegmentName[] {
  return useAnswer(segments, bootstrapSegments, (ids) => ids as readonly SegmentName[]);
}
