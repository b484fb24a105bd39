import { slots, type Slots } from "@murmur/browser/answers";
import { useMemo } from "react";
import { cleanField } from "./clean-field.ts";
import type { Decision, SlotName } from "./register.ts";
import { useAnswer } from "./use-answer.ts";

/**
 * What a slot shows; undefined where the page's own content stays. The same object for as long as it is the same. Who shows
 * it by a component of their own rather than by `<Slot>` records for themselves that it was seen.
 */
export function useSlot<Name extends SlotName>(name: Name): Decision<Name> | undefined {
  // As text, equal decisions are the same, and nothing of a visitor's is kept anywhere but here.
  const json = useAnswer(
    slots,
    (bootstrap): Slots => bootstrap.slots ?? {},
    (all) => JSON.stringify(all?.[name], cleanField),
  );
  return useMemo(() => json && JSON.parse(json), [json]);
}
