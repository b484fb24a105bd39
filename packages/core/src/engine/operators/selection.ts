import { milliseconds } from "../../definition/duration.ts";
import type { Narrowing, Selector } from "../../definition/selector.ts";
import type { MurmurEvent, Scalar } from "../../log/entry.ts";
import { isAfter, type Place } from "../../log/order.ts";
import { ANY_EVENT, type Operator } from "../operator.ts";
import type { Aggregate } from "./aggregate.ts";
import { cutOut, insert, sizeOf, type Kept } from "./kept.ts";

/** A session ends when nothing has happened for so long, ms. */
const SESSION_GAP = 18e5;

/** Positions of the inputs beside the selector's own. */
const AFTER = 1;
const SESSION = 2;

/** A measure: the events of a narrowed selection, how they come and go, and what an aggregate makes of them. */
export class Selection implements Operator<Kept, MurmurEvent> {
  readonly inputs: Operator["inputs"];
  readonly #within: number;
  readonly #aggregate: Aggregate;
  /** Whether nothing ever goes out. */
  readonly #whole: boolean;

  constructor(
    selector: Selector,
    { within = Infinity, after }: { within?: Narrowing["within"] | number; after?: Selector },
    aggregate: Aggregate,
  ) {
    const session = within === "session";
    this.inputs = [selector, after, session ? ANY_EVENT : undefined];
    this.#within = session ? Infinity : milliseconds(within);
    this.#whole = within === Infinity && !after;
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
    const { read, ordered, fold, folds, makeRoom, latest = Infinity, first } = this.#aggregate;
    const value = read?.(event);
    if (read && value === undefined) return;
    fold?.(kept, 1, value as Scalar, place);
    if (folds && this.#whole) {
      kept.n = sizeOf(kept) + 1;
      return;
    }
    let to = behind(kept, place);
    if (makeRoom) to = makeRoom(kept, to, value as Scalar);
    if (to < 0) return;
    insert(kept.t, to, place[0]);
    if (ordered || this.inputs[AFTER] !== undefined) insert((kept.i ??= []), to, place[1]);
    if (read) insert((kept.v ??= []), to, value as Scalar);
    if (first && this.#whole) cutOut(kept, 1, kept.t.length);
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
