import type { QuietHours } from "../definition/journey.ts";
import type { Json } from "../log/entry.ts";

type JsonObject = { readonly [key: string]: Json };

/** The words of an e-mail, filled. */
export interface EmailContent {
  subject: string;
  html: string;
  text?: string;
}

/** What a step does to the world outside the run. */
export type Action =
  | {
      kind: "send";
      channel: "email";
      to: string;
      template: string;
      data: JsonObject;
      /** Where the template is one of the definition's; else it is the provider's. */
      content?: EmailContent;
      /** In which hours it is not sent, where it comes to that late; with the customer's own timezone. */
      quietHours?: QuietHours;
    }
  | { kind: "webhook"; receiver: string; data: JsonObject }
  | { kind: "trait"; traits: JsonObject }
  | { kind: "event"; name: string; properties: JsonObject };

/** Why a message was not sent, and the run went on without it. */
export type SkipReason = "no_address" | "unsubscribed" | "cap";

/** Where in which run: the journey's id, the instant at which the run began (ms), and the step's path. */
export interface StepPlace {
  journey: string;
  run: number;
  step: string;
  /** The instant at which the step was done, ms. */
  dueAt: number;
}

/** An action to be done once, whoever tries it how often: by its key. */
export interface JourneyEffect extends StepPlace {
  /** The Idempotency-Key: 32 hex digits of the SHA-256 of profile, journey, run and step. */
  key: string;
  action: Action;
}

export interface SkippedMessage extends StepPlace {
  reason: SkipReason;
}
