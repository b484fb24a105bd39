import { count, define, segment } from "@murmur/core";
import { useMeasure, useSegment, useSlot } from "@murmur/react";

const shop = define({
  segments: { browser: count("Product Viewed").within("7d").gt(3) },
  slots: {
    hero: {
      variants: [
        {
          id: "b",
          when: segment("browser"),
          content: { title: "Hello again", points: [{ text: "x", n: 1 }] },
        },
      ],
    },
    offer: {
      variants: [{ id: "half", when: segment("browser"), content: { percent: 50, live: true } }],
      fallback: { content: { percent: 10 } },
    },
  },
  experiments: {
    "offer-copy": {
      slot: "offer",
      variants: [{ id: "control" }, { id: "code", content: { code: "TWENTY" } }],
    },
  },
});

declare module "@murmur/react" {
  interface Register {
    definition: typeof shop;
  }
}

/** The builder keeps the names, and what kind of thing each slot shows. */
export function useDefined(): void {
  useSegment("browser") satisfies boolean;
  // @ts-expect-error There is no such segment.
  useSegment("browsers");
  const hero = useSlot("hero")?.content;
  hero?.title satisfies string | undefined;
  // Values may be filled in: it need not be what is written.
  void (hero?.title === "Hello, Ada");
  hero?.points[0].n satisfies number | undefined;
  // @ts-expect-error No variant of the hero has such a field.
  void hero?.percent;
  const offer = useSlot("offer")?.content;
  if (offer && "percent" in offer) offer.percent satisfies number;
  if (offer && "live" in offer) offer.live satisfies boolean;
  // Of an experiment, in the slot that it decides and in no other.
  if (offer && "code" in offer) offer.code satisfies string;
  // @ts-expect-error The experiment is none of the hero's.
  void hero?.code;
  // @ts-expect-error There is no such slot.
  useSlot("heroes");
  // @ts-expect-error It has no measures.
  useMeasure("views");
}
