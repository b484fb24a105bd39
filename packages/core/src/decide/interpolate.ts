import type { SlotContent } from "../definition/slot.ts";
import { planTexts } from "../plan/plan-texts.ts";
import { fillTexts, type Lookup } from "./fill-texts.ts";

/**
 * Content with its `{{ path | default }}` filled in, as slots have it: for who decides it otherwise.
 *
 * @example
 * interpolate({ title: "Hello {{ traits.firstName | there }}" }, () => undefined); // { title: "Hello there" }
 */
export function interpolate(content: SlotContent, lookup: Lookup): SlotContent {
  return fillTexts(content, planTexts(content), lookup);
}
