import type { Scalar } from "@murmur/core";
import { Slot, useExplain, useMeasure, useSegment, useSegments, useSlot } from "@murmur/react";
import type { ReactElement } from "react";
import type { definition } from "../../kit/definition.ts";

declare module "@murmur/react" {
  interface Register {
    definition: typeof definition;
  }
}

export function Registered(): ReactElement {
  useSegment("fan") satisfies boolean;
  // @ts-expect-error There is no such segment.
  useSegment("fam");
  useSegments() satisfies readonly ("fan" | "buyer")[];
  useExplain("buyer")?.result satisfies boolean | undefined;
  // @ts-expect-error There is no such segment.
  useExplain("views");
  useMeasure("views") satisfies Scalar | undefined;
  // @ts-expect-error A segment is no measure.
  useMeasure("fan");
  const hero = useSlot("hero");
  hero?.content.title satisfies string | undefined;
  hero?.variant satisfies string | null | undefined;
  // @ts-expect-error No variant of the hero has such a field.
  void hero?.content.percent;
  // Of a variant, and of the fallback.
  useSlot("offer")?.content.percent satisfies number | undefined;
  // Of an experiment, in the slot that it decides and in no other.
  const offer = useSlot("offer")?.content;
  if (offer && "code" in offer) offer.code satisfies string;
  // @ts-expect-error The experiment is none of the hero's.
  void hero?.content.code;
  // @ts-expect-error There is no such slot.
  useSlot("footer");
  return (
    <>
      <Slot name="hero" as="section" aria-label="Featured">
        {(decision) => <h1>{decision?.content.title ?? "Own"}</h1>}
      </Slot>
      <Slot name="offer">{(decision) => decision?.content.percent}</Slot>
      {/* @ts-expect-error There is no such slot. */}
      <Slot name="footer" />
      {/* @ts-expect-error An offer has no title. */}
      <Slot name="offer">{(decision) => decision?.content.title}</Slot>
    </>
  );
}
