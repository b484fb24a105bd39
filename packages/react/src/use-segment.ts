import { segments } from "@murmur/browser/answers";
import { bootstrapSegments } from "./bootstrap-segments.ts";
import type { SegmentName } from "./register.ts";
import { useAnswer } from "./use-answer.ts";

/** Whether the visitor is in a segment. */
export function useSegment(id: SegmentName): boolean {
  return useAnswer(segments, bootstrapSegments, (ids) => ids.includes(id));
}
