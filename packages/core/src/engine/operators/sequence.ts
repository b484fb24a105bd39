import { testOf } from "../../filter/test-of.ts";
import type { MurmurEvent } from "../../log/entry.ts";
import { isAfter, type Place } from "../../log/order.ts";
import type { Computing, Operator, StepTest } from "../operator.ts";
import type { StepPlan } from "../plan.ts";

interface SequenceState {
  /**
   * For each step, the latest first event of a run that has come so far; null when there is none. What has come to the
   * last step is whole: nothing undoes it.
   */
  p: (Place | null)[];
  /** The last event that was looked at. */
  l?: Place;
}

/**
 * Whether the steps were taken in order. Of all runs that have come to a step, only the one that began last is kept:
 * whatever `span`, `without` and `within` let through of an earlier one, they let through of it.
 */
export const sequence: Computing<SequenceState, MurmurEvent> = {
  init: () => ({ p: [] }),
  take({ tests, kills, plan: { span = Infinity } }, state, event) {
    const { p, l } = state;
    const place: Place = [event.timestamp, event.id];
    const takes = tests.map((test) => test(event));
    const killed = kills?.(event);
    if (!killed && !takes.includes(true)) return false;
    if (l && !isAfter(place, l)) return true;
    state.l = place;
    // The last step first, for an event is one step of a run.
    for (let at = tests.length; at--;) {
      const start = at ? p[at - 1] : place;
      const held = p[at];
      if (!takes[at] || !start || place[0] - start[0] > span) continue;
      if (!held || isAfter(start, held)) p[at] = start;
    }
    if (killed) {
      p.fill(null, 0, tests.length - 1);
      // For the event stands at the beginning of what begins with it, not within.
      if (takes[0]) p[0] = place;
    }
    return false;
  },
  value: (operator, state, at) => at < outAt(operator, state),
  due: (operator, state, at) => (at < outAt(operator, state) ? outAt(operator, state) : Infinity),
};

/** When the run that came to the last step goes out; -Infinity where none did. */
function outAt({ tests, within }: Operator, { p }: SequenceState): number {
  const start = p[tests.length - 1];
  return start ? start[0] + (within || Infinity) : -Infinity;
}

export function stepTest([names, test]: StepPlan): StepTest {
  const matches = test && testOf(test);
  return ({ name, properties = {} }) => names.includes(name) && (!matches || matches(properties));
}
