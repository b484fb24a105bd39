import type { MurmurEvent } from "../../log/entry.ts";
import { valueAt } from "../../filter/path.ts";
import { isAfter, type Place } from "../../log/order.ts";
import { AFTER, SESSION, type Computing, type Operator } from "../operator.ts";
import { cutOut, insert, sizeOf, type Kept } from "./kept.ts";

/** A session ends when nothing has happened for so long, ms. */
const SESSION_GAP = 18e5;

/** The events of a narrowed selection, how they come and go, and what an aggregate makes of them. */
export const selection: Computing<Kept, MurmurEvent> = {
  init: () => ({ t: [] }),
  take(operator, kept, event, input) {
    if (input === SESSION) return follow(operator, kept, event.timestamp);
    const place: Place = [event.timestamp, event.id];
    if (kept.a && !isAfter(place, kept.a)) return false;
    if (input === AFTER) {
      kept.a = place;
      drop(operator, kept, behind(kept, place));
    } else if (!kept.s || place[0] >= kept.s[0]) {
      keep(operator, kept, event, place);
    }
    return false;
  },
  prune(operator, kept, at) {
    const { within } = operator;
    if (within) while (kept.t[0]! <= at - within) drop(operator, kept, 1);
  },
  value: (operator, kept, at) =>
    operator.aggregate.value(operator, hasEnded(kept, at) ? { t: [] } : kept, at),
  due(operator, kept, at) {
    if (hasEnded(kept, at)) return Infinity;
    const { aggregate, within } = operator;
    // The end of a session changes nothing where nothing of it is kept.
    const out = kept.s
      ? kept.t.length
        ? kept.s[1] + SESSION_GAP
        : Infinity
      : within
        ? (kept.t[aggregate.out?.(operator, kept) ?? 0] ?? Infinity) + within
        : Infinity;
    return Math.min(out, aggregate.due?.(operator, kept, at) ?? Infinity);
  },
};

function keep(operator: Operator, kept: Kept, { properties }: MurmurEvent, place: Place): void {
  const { aggregate, keys, folded, ordered, single, latest } = operator;
  const value = keys && aggregate.read!(valueAt(properties, keys));
  if (keys && value === undefined) return;
  aggregate.fold?.(kept, 1, value!, place);
  if (folded) {
    kept.n = sizeOf(kept) + 1;
    return;
  }
  let to = behind(kept, place);
  if (aggregate.makeRoom) to = aggregate.makeRoom(operator, kept, to, value!);
  if (to < 0) return;
  insert(kept.t, to, place[0]);
  if (ordered) insert((kept.i ??= []), to, place[1]);
  if (keys) insert((kept.v ??= []), to, value!);
  if (single) cutOut(kept, 1, kept.t.length);
  if (latest) drop(operator, kept, kept.t.length - latest);
}

/** Follows the session. One that an earlier event would lengthen backwards has lost what came before. */
function follow(operator: Operator, kept: Kept, timestamp: number): boolean {
  const [start, end] = kept.s ?? [timestamp, timestamp];
  if (timestamp < start) return start - timestamp < SESSION_GAP;
  const goesOn = timestamp - end < SESSION_GAP;
  if (!goesOn) drop(operator, kept, kept.t.length);
  kept.s = goesOn ? [start, Math.max(end, timestamp)] : [timestamp, timestamp];
  return false;
}

function drop({ aggregate }: Operator, kept: Kept, count: number): void {
  if (aggregate.fold) for (let at = 0; at < count; at++) aggregate.fold(kept, -1, kept.v![at]!);
  if (count > 0) cutOut(kept, 0, count);
}

/** Whether the session is over. One more event, late, may yet turn out to have gone on with it: nothing is dropped. */
function hasEnded({ s }: Kept, at: number): boolean {
  return !!s && at - s[1] >= SESSION_GAP;
}

/** Position behind the kept events that are not after a place. */
function behind({ t, i }: Kept, [timestamp, id]: Place): number {
  let to = t.length;
  while (to && (t[to - 1]! > timestamp || (t[to - 1] === timestamp && (i?.[to - 1] ?? "") > id))) to--;
  return to;
}
