import { valueAt } from "../filter/path.ts";
import { testOf, type Test } from "../filter/test-of.ts";
import type { MurmurEvent } from "../log/entry.ts";
import { ANY_EVENT, type Operator } from "./operator.ts";
import type { PathPlan, Plan } from "./plan.ts";

/** What takes an event, and what the event is to it. */
export interface Taker {
  operator: Operator;
  input: number;
}

/** A taker, what is tested of an event before it takes it, and who else demands the same value. */
interface Hook extends Taker {
  test: Test | undefined;
  next: Hook | undefined;
}

/** Gives an event to everything that takes it. */
export type EventIndex = (event: MurmurEvent, give: (event: MurmurEvent, taker: Taker) => void) => void;

/**
 * Who takes an event: by its name, then by the first equality that a filter demands, so that a thousand segments over a
 * thousand categories cost about as much as one.
 */
export function eventIndex({ events, private: secret }: Plan, operators: readonly Operator[]): EventIndex {
  const byValue = ([path, values]: PathPlan) => {
    const hooks = new Map<unknown, Hook>();
    for (const [value, all] of values)
      for (const [at, input, test] of all)
        hooks.set(value, {
          operator: operators[at]!,
          input,
          test: test && testOf(test),
          next: hooks.get(value),
        });
    return { keys: path?.split("."), hooks };
  };
  const names = new Map(events.map(([name, paths]) => [name, paths.map(byValue)]));
  const any = names.get(ANY_EVENT);
  return (event, give) => {
    const { name, properties = {} } = event;
    const giveAll = (paths: typeof any = []): void => {
      for (const { keys, hooks } of paths)
        for (let hook = hooks.get(keys ? valueAt(properties, keys) : null); hook; hook = hook.next)
          if (!hook.test || hook.test(properties)) give(event, hook);
    };
    // What is known on the device alone makes no session, or the edge would see another.
    if (!secret?.includes(name)) giveAll(any);
    giveAll(names.get(name));
  };
}
