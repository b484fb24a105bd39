import type { Test } from "../filter/filter-operators.ts";
import type { Json } from "../log/entry.ts";
import type { Gate } from "./plan.ts";
import type { Truths } from "./truths.ts";

/** What is true of this visit only: `device`, `country`, `utm`, `path`, `timezone`, … */
export type Context = { readonly [key: string]: Json };

/**
 * A condition as it is asked for a page or a request: a node that every profile keeps, a test of the context, or a gate
 * over such.
 */
export type Asked = { node: number } | { matches: Test } | (Gate & { parts: Asked[] });

/** Whether it is true, with a context; what tests the context is false without one. */
export function isTrue(asked: Asked, truths: Truths, context: Context | undefined): boolean {
  if ("node" in asked) return truths.is(asked.node);
  if ("matches" in asked) return context !== undefined && asked.matches(context);
  const count = asked.parts.filter((part) => isTrue(part, truths, context)).length;
  return count >= asked.min !== asked.negate;
}

/** The context with the `hour` (0–23) and `weekday` (1 Monday – 7 Sunday) of an instant in its timezone. */
export function contextAt(context: Context, instant: number): Context {
  const { timezone } = context;
  if (typeof timezone !== "string") return context;
  try {
    const parts = new Intl.DateTimeFormat("en", {
      timeZone: timezone,
      hour: "numeric",
      hourCycle: "h23",
      weekday: "short",
    }).formatToParts(instant);
    const part = (type: string): string => parts.find((each) => each.type === type)?.value ?? "";
    const weekday = ["Mon", "Tue", "Wed", "Thu", "Fri", "Sat", "Sun"].indexOf(part("weekday")) + 1;
    return { hour: Number(part("hour")), weekday, ...context };
  } catch {
    // No timezone that is known here.
    return context;
  }
}
