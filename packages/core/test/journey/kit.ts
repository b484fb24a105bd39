import {
  dryRun,
  type Definition,
  type DryRun,
  type Entry,
  type JourneyStep,
  type Json,
} from "../../src/index.ts";

export const HOUR = 36e5;
export const DAY = 864e5;

/** An event by its name, or an identify call by its traits; its instant, and properties. */
export type Said = readonly [string | object, number, object?];

/** A log in few words. */
export function log(...entries: readonly Said[]): Entry[] {
  return entries.map(([what, timestamp, properties], at): Entry => {
    const id = `${at}`.padStart(3, "0");
    if (typeof what !== "string")
      return { type: "identify", id, timestamp, traits: what as Record<string, Json> };
    return {
      type: "event",
      id,
      name: what,
      timestamp,
      properties: (properties ?? {}) as Record<string, Json>,
    };
  });
}

/** The dry run of one profile. */
export function runOf(
  definition: Definition,
  entries: readonly Entry[],
  until: number,
  profile = "customer:1",
): DryRun {
  return dryRun(definition, [[profile, entries]], until)[0]!;
}

/** A definition with one journey, which begins with an event X unless `more` says otherwise. */
export function journey(steps: readonly JourneyStep[], more: object = {}): Definition {
  return { segments: {}, journeys: { j: { enter: { count: "X", gte: 1 }, steps, ...more } } };
}

/** What was done and when, in few words. */
export function done({ effects }: DryRun): [string, number][] {
  return effects.map(({ action, dueAt }) => {
    if (action.kind === "send") return [`mail ${action.template}`, dueAt];
    if (action.kind === "webhook") return [`hook ${action.receiver}`, dueAt];
    return [
      action.kind === "event" ? `event ${action.name}` : `trait ${Object.keys(action.traits).join()}`,
      dueAt,
    ];
  });
}

export const ADDRESS = { email: "ada@shop.example", firstName: "Ada" };

/** As the design has it: a mail two hours after the cart was left, and an ad audience a day later. */
export const cartRescue: Definition = {
  segments: {
    "cart-abandoner": {
      all: [
        { sinceLast: "Product Added", gte: "2h" },
        { sinceLast: "Product Added", lt: "7d" },
        { count: "Order Completed", after: "Product Added", eq: 0 },
      ],
    },
  },
  journeys: {
    "cart-rescue": {
      enter: { segment: "cart-abandoner" },
      again: "after 30d",
      goal: "Order Completed",
      steps: [
        { send: "email", template: "cart-reminder" },
        { wait: "24h" },
        { if: { segment: "cart-abandoner" }, then: [{ webhook: "ads-audience" }], else: [{ end: true }] },
      ],
    },
  },
};
