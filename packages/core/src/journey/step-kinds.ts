import type { JourneyStep } from "../definition/journey.ts";
import type { StepKind } from "./step-kind.ts";
import { conditional } from "./steps/if.ts";
import { end } from "./steps/end.ts";
import { event } from "./steps/event.ts";
import { send } from "./steps/send.ts";
import { split } from "./steps/split.ts";
import { trait } from "./steps/trait.ts";
import { wait } from "./steps/wait.ts";
import { webhook } from "./steps/webhook.ts";

/** Every kind of step. */
export const STEP_KINDS = [wait, conditional, split, send, webhook, trait, event, end] as readonly StepKind[];

/** The kind of a step that was checked. */
export function kindOf(step: JourneyStep): StepKind {
  return STEP_KINDS.find(({ key }) => key in step)!;
}
