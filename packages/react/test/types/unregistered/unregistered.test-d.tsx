import { Slot, useMeasure, useSegment, useSlot } from "@murmur/react";
import type { ReactElement } from "react";

/** Without a registered definition, any name may be asked for. */
export function Unregistered(): ReactElement {
  useSegment("anything") satisfies boolean;
  useMeasure("anything");
  void useSlot("anything")?.content["title"];
  // @ts-expect-error A name is a text.
  useSegment(3);
  return <Slot name="anything">{(decision) => String(decision?.content["title"])}</Slot>;
}
