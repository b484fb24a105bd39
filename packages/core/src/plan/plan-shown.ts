import type { Condition } from "../definition/condition.ts";
import { SLOT_VIEWED } from "../definition/exposure-events.ts";
import { parseInstant } from "../definition/instant.ts";
import type { Schedule } from "../definition/schedule.ts";
import type { SlotContent } from "../definition/slot.ts";
import type { Exposure, OpenPlan, ShownPlan } from "../engine/slot-plan.ts";
import { planTexts } from "./plan-texts.ts";

/** Takes a condition into the plan; returns the position of its node. */
export type Ask = (condition: Condition) => number;

export function planContent(content: SlotContent): Pick<ShownPlan, "content" | "texts"> {
  const texts = planTexts(content);
  return { content, ...(texts.length > 0 && { texts }) };
}

export function slotViewed(properties: Exposure["properties"]): Exposure {
  return { name: SLOT_VIEWED, properties };
}

export function planSchedule(schedule: Schedule = {}): OpenPlan {
  const ends = Object.entries(schedule).map(([end, instant]) => [end, parseInstant(instant)]);
  return Object.fromEntries(ends) as OpenPlan;
}
