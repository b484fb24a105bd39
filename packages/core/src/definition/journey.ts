import type { Json } from "../log/entry.ts";
import type { Condition } from "./condition.ts";
import type { Duration } from "./duration.ts";
import type { Selector } from "./selector.ts";

/** JSON whose texts may hold `{{ path | default }}` over `traits`, `measures` and, in templates, `data`. */
export type JourneyData = { readonly [key: string]: Json };

/** Waits so long, or until a condition holds, and no longer than `atMost`. Either way the run goes on. */
export interface WaitStep {
  wait: Duration | { until: Condition; atMost: Duration };
}

/** Goes through `then` when the condition holds at that instant, else through `else`; and on behind them. */
export interface IfStep {
  if: Condition;
  then: readonly JourneyStep[];
  else?: readonly JourneyStep[];
}

/** Goes through one of the branches, by their weights: the same one each time for the same profile. */
export interface SplitStep {
  split: readonly { weight: number; steps: readonly JourneyStep[] }[];
}

/** Sends an e-mail to the trait `email`: by a template of the definition, or else by that id at the provider. */
export interface SendStep {
  send: "email";
  template: string;
  data?: JourneyData;
}

/** Calls the receiver of that name. */
export interface WebhookStep {
  webhook: string;
  data?: JourneyData;
}

/** Sets traits of the profile; null removes. */
export interface TraitStep {
  trait: JourneyData;
}

/** Adds an event to the profile's own log. */
export interface EventStep {
  event: string;
  properties?: JourneyData;
}

export interface EndStep {
  end: true;
}

export type JourneyStep =
  WaitStep | IfStep | SplitStep | SendStep | WebhookStep | TraitStep | EventStep | EndStep;

/** Hours of the day in which no message is sent: what is due then goes out as they end. May go over midnight. */
export interface QuietHours {
  /** `HH:MM`, itself quiet. */
  from: string;
  /** `HH:MM`, itself not quiet any more. */
  to: string;
  /** IANA timezone of who has no trait `timezone`; UTC without it. */
  timezone?: string;
}

/** How many messages are sent in any `within`: a week, unless it says so. */
export interface MessageCap {
  max: number;
  within?: Duration;
}

/** When a run may begin again: not at all (the default), as soon as the last has ended, or so long after it began. */
export type Again = "never" | "always" | `after ${Duration}`;

export interface JourneyDefinition {
  /** For people. */
  name?: string;
  description?: string;
  /** A run begins when this becomes true; with `on: "exit"`, when it ceases to be. */
  enter: Condition;
  on?: "enter" | "exit";
  again?: Again;
  /** An event after the run's beginning that ends it, at whatever step. */
  goal?: Selector;
  steps: readonly JourneyStep[];
  /** In the place of those of `messages`. */
  quietHours?: QuietHours;
  /** Of this journey's messages, beside that of `messages`. */
  cap?: MessageCap;
}

/** What holds for the messages of all journeys together. */
export interface MessageSettings {
  cap?: MessageCap;
  quietHours?: QuietHours;
}

/** An e-mail: each text may hold `{{ path | default }}`. What is put into `html` is escaped. */
export interface EmailTemplate {
  subject: string;
  html: string;
  text?: string;
}
