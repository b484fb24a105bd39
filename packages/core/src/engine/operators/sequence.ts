import type { SequenceCondition } from "../../definition/condition.ts";
import { milliseconds } from "../../definition/duration.ts";
import { eventNames, filterOf, type Selector } from "../../definition/selector.ts";
import { compileFilter } from "../../filter/filter.ts";
import type { MurmurEvent } from "../../log/entry.ts";
import { isAfter } from "../../log/order.ts";
import type { Operator } from "../operator.ts";

type Place = [timestamp: number, id: string];

interface SequenceState {
  /** For each step, the latest first event of a run that has come so far; null when there is none. */
  p: (Place | null)[];
  /** The latest first event of a whole run. */
  c: Place[];
  /** The last event that was looked at. */
  l: Place[];
}

/**
 * `{ sequence }`. Of all runs that have come to a step, only the one that began last is kept: whatever `span`, `without`
 * and `within` let through of an earlier one, they let through of it.
 */
export function sequence(condition: SequenceCondition): Operator<never> {
  const { sequence: steps, span, without, within } = condition;
  const tests = steps.map(selectorTest);
  const kills = without === undefined ? () => false : selectorTest(without);
  const longest = span === undefined ? Infinity : milliseconds(span);
  const reach = within === undefined ? Infinity : milliseconds(within);
  const operator: Operator<SequenceState> = {
    inputs: [
      { event: [...new Set([...steps, ...(without === undefined ? [] : [without])].flatMap(eventNames))] },
    ],
    init: () => ({ p: [], c: [], l: [] }),
    take(state, event) {
      const place: Place = [event.timestamp, event.id];
      const [last] = state.l;
      const takes = tests.map((test) => test(event));
      const killed = kills(event);
      if (!killed && !takes.includes(true)) return true;
      if (last && !isAfter(...place, ...last)) return false;
      state.l = [place];
      step(state, place, takes, killed, longest);
      return true;
    },
    value: ({ c: [start] }, at) => start !== undefined && at - start[0] < reach,
    due: ({ c: [start] }, at) => (start !== undefined && at - start[0] < reach ? start[0] + reach : Infinity),
  };
  return operator as Operator<never>;
}

function step(
  { p, c }: SequenceState,
  place: Place,
  takes: boolean[],
  killed: boolean,
  longest: number,
): void {
  const end = takes.length - 1;
  for (let at = end; at >= 0; at--) {
    if (!takes[at]) continue;
    const start = at === 0 ? place : p[at - 1];
    if (!start || place[0] - start[0] > longest) continue;
    if (at === end && (!c[0] || isAfter(...start, ...c[0]))) c[0] = start;
    const held = p[at];
    if (at < end && at > 0 && (!held || isAfter(...start, ...held))) p[at] = start;
  }
  if (killed) p.fill(null);
  // After that, for the event stands at the beginning of what begins with it, not within.
  if (takes[0] && end > 0) p[0] = place;
}

function selectorTest(selector: Selector): (event: MurmurEvent) => boolean {
  const names = new Set(eventNames(selector));
  const filter = filterOf(selector);
  const matches = filter ? compileFilter(filter) : () => true;
  return ({ name, properties = {} }) => names.has(name) && matches(properties);
}
