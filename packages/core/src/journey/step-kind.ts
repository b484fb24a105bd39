import type { Condition } from "../definition/condition.ts";
import type { ConditionContext } from "../definition/check/check-condition.ts";
import type { Path } from "../definition/check/issues.ts";
import type { JourneyStep } from "../definition/journey.ts";
import type { Json } from "../log/entry.ts";
import type { Action, SkipReason } from "./effect.ts";

/** What a step sees of the instant at which it is done. */
export interface StepContext {
  /** Milliseconds. */
  readonly at: number;
  /** When the run came to this step, ms. */
  readonly since: number;
  /** Names this profile, this journey and this step, alike in every run. */
  readonly seed: string;
  holds(condition: Condition): boolean;
  /** JSON with its placeholders filled. */
  fill<Value extends Json>(value: Value): Value;
  /** Until when no message may be sent, ms; none when one may be. */
  quietUntil(): number | undefined;
  /** To whom and what an e-mail would be; or why there is none. */
  email(template: string, data: { readonly [key: string]: Json }): Action | SkipReason;
}

/** What a step comes to: the run goes on, into a branch or behind it, stays until an instant, or ends. */
export type StepOutcome =
  | { go: "on"; action?: Action; skipped?: SkipReason }
  | { go: "into"; branch: string }
  | { go: "stay"; until: number }
  | { go: "end" };

/** What a step's check knows of the definition around it. */
export interface StepCheck extends ConditionContext {
  /** Checks a list of steps below this one. */
  steps(list: unknown, path: Path): void;
}

/** A kind of step. A new one: one file with one of these, and one line in `step-kinds.ts`. */
export interface StepKind<Step extends JourneyStep = JourneyStep> {
  /** The key by which a step is known to be of this kind. */
  key: string;
  /** The other keys that it may have. */
  keys: readonly string[];
  check(context: StepCheck, step: Readonly<Record<string, unknown>>, path: Path): void;
  /** The conditions that it asks for, not those of the steps below it. */
  conditions?(step: Step): readonly Condition[];
  /** Lists of steps below it, each by the name that it has in a path. */
  branches?(step: Step): readonly (readonly [string, readonly JourneyStep[]])[];
  run(step: Step, context: StepContext): StepOutcome;
}
