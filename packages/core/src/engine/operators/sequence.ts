import { testOf } from "../../filter/test-of.ts";
import type { MurmurEvent } from "../../log/entry.ts";
import { isAfter, type Place } from "../../log/order.ts";
import type { Operator } from "../operator.ts";
import type { SelectorPlan, SequencePlan } from "../plan.ts";

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
 * `{ sequence }`. Of all runs that have come to a step, only the one that began last is kept: whatever `span`, `without`
 * and `within` let through of an earlier one, they let through of it.
 */
export function sequence({
  steps,
  span = Infinity,
  without,
  within = Infinity,
}: SequencePlan): Operator<SequenceState, MurmurEvent> {
  const tests = steps.map(selectorTest);
  const kills = without ? selectorTest(without) : undefined;
  const end = steps.length - 1;
  const outAt = ({ p }: SequenceState): number => (p[end] ? p[end][0] + within : -Infinity);
  return {
    init: () => ({ p: [] }),
    take(state, event) {
      const { p, l } = state;
      const place: Place = [event.timestamp, event.id];
      const takes = tests.map((test) => test(event));
      const killed = kills?.(event);
      if (!killed && !takes.includes(true)) return false;
      if (l && !isAfter(place, l)) return true;
      state.l = place;
      // The last step first, for an event is one step of a run.
      for (let at = end; at >= 0; at--) {
        const start = at ? p[at - 1] : place;
        const held = p[at];
        if (!takes[at] || !start || place[0] - start[0] > span) continue;
        if (!held || isAfter(start, held)) p[at] = start;
      }
      if (killed) {
        p.fill(null, 0, end);
        // For the event stands at the beginning of what begins with it, not within.
        if (takes[0]) p[0] = place;
      }
      return false;
    },
    value: (state, at) => at < outAt(state),
    due: (state, at) => (at < outAt(state) ? outAt(state) : Infinity),
  };
}

function selectorTest({ names, test }: SelectorPlan): (event: MurmurEvent) => boolean {
  const matches = test && testOf(test);
  return ({ name, properties = {} }) => names.includes(name) && (!matches || matches(properties));
}
