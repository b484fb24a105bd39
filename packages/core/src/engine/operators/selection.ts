import type { MurmurEvent, Scalar } from "../../log/entry.ts";
import { isAfter, type Place } from "../../log/order.ts";
import { AFTER, SESSION, type Operator } from "../operator.ts";
import type { SelectionPlan } from "../plan.ts";
import type { Aggregate } from "./aggregate.ts";
import { cutOut, insert, sizeOf, type Kept } from "./kept.ts";

/** A session ends when nothing has happened for so long, ms. */
const SESSION_GAP = 18e5;

/** A measure: the events of a narrowed selection, how they come and go, and what an aggregate makes of them. */
export class Selection implements Operator<Kept, MurmurEvent> {
  readonly #plan: Omit<SelectionPlan, "kind">;
  readonly #within: number;
  readonly #aggregate: Aggregate;

  constructor(plan: Omit<SelectionPlan, "kind">, aggregate: Aggregate) {
    this.#plan = plan;
    this.#within = plan.within ?? Infinity;
    this.#aggregate = aggregate;
  }

  init(): Kept {
    return { t: [] };
  }

  take(kept: Kept, event: MurmurEvent, input: number): boolean {
    if (input === SESSION) return this.#follow(kept, event.timestamp);
    const place: Place = [event.timestamp, event.id];
    if (kept.a && !isAfter(place, kept.a)) return false;
    if (input === AFTER) {
      kept.a = place;
      this.#drop(kept, behind(kept, place));
    } else if (!kept.s || place[0] >= kept.s[0]) {
      this.#keep(kept, event, place);
    }
    return false;
  }

  prune(kept: Kept, at: number): void {
    while (kept.t[0]! <= at - this.#within) this.#drop(kept, 1);
  }

  value(kept: Kept, at: number): Scalar | undefined {
    return this.#aggregate.value(hasEnded(kept, at) ? this.init() : kept, at);
  }

  due(kept: Kept, at: number): number {
    if (hasEnded(kept, at)) return Infinity;
    const { out, due } = this.#aggregate;
    const next = kept.t[out?.(kept) ?? 0] ?? Infinity;
    return Math.min(kept.s ? kept.s[1] + SESSION_GAP : next + this.#within, due?.(kept, at) ?? Infinity);
  }

  #keep(kept: Kept, event: MurmurEvent, place: Place): void {
    const { read, fold, folds, makeRoom, first } = this.#aggregate;
    const { whole, ordered, latest = Infinity } = this.#plan;
    const value = read?.(event);
    if (read && value === undefined) return;
    fold?.(kept, 1, value as Scalar, place);
    if (folds && whole) {
      kept.n = sizeOf(kept) + 1;
      return;
    }
    let to = behind(kept, place);
    if (makeRoom) to = makeRoom(kept, to, value as Scalar);
    if (to < 0) return;
    insert(kept.t, to, place[0]);
    if (ordered) insert((kept.i ??= []), to, place[1]);
    if (read) insert((kept.v ??= []), to, value as Scalar);
    if (first && whole) cutOut(kept, 1, kept.t.length);
    this.#drop(kept, kept.t.length - latest);
  }

  /** Follows the session. One that an earlier event would lengthen backwards has lost what came before. */
  #follow(kept: Kept, timestamp: number): boolean {
    const [start, end] = kept.s ?? [timestamp, timestamp];
    if (timestamp < start) return start - timestamp < SESSION_GAP;
    const goesOn = timestamp - end < SESSION_GAP;
    if (!goesOn) this.#drop(kept, kept.t.length);
    kept.s = goesOn ? [start, Math.max(end, timestamp)] : [timestamp, timestamp];
    return false;
  }

  #drop(kept: Kept, count: number): void {
    for (let at = 0; at < count; at++) this.#aggregate.fold?.(kept, -1, kept.v?.[at] as Scalar);
    if (count > 0) cutOut(kept, 0, count);
  }
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
