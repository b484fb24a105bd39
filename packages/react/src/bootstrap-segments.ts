import type { Bootstrap } from "@murmur/browser/answers";

const NONE: readonly string[] = [];

export function bootstrapSegments({ segments = NONE }: Bootstrap): readonly string[] {
  return segments;
}
