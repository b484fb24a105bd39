import { count, define, segment } from "@murmur/core";
import { useMeasure, useSegment, useSlot } from "@murmur/react";

const shop = define({
  segments: { browser: count("Product Viewed").within("7d").gt(3) },
  slots: { hero: { variants: [{ id: "b", when: segment("browser"), content: { title: "Hello again" } }] } },
});

declare module "@murmur/react" {
  interface Register {
    definition: typeof shop;
  }
}

/** The builder keeps the names. */
export function useDefined(): void {
  useSegment("browser") satisfies boolean;
  // @ts-expect-error There is no such segment.
  useSegment("browsers");
  void useSlot("hero")?.content["title"];
  // @ts-expect-error There is no such slot.
  useSlot("heroes");
  // @ts-expect-error It has no measures.
  useMeasure("views");
}
