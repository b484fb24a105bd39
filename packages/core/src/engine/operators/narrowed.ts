import { milliseconds } from "../../definition/duration.ts";
import type { Narrowing, Selector } from "../../definition/selector.ts";
import type { MurmurEvent, Scalar } from "../../log/entry.ts";
import { isAfter } from "../../log/order.ts";
import { ANY_EVENT, type Operator } from "../operator.ts";

/** A session ends when nothing has happened for so long, ms. */
const SESSION_GAP = 18e5;

/** The events of a narrowed selection, in order, as far back as anybody asks. */
export interface Kept {
  /** Timestamps, ascending. */
  t: number[];
  /** Ids beside them, where they are compared. */
  i?: string[];
  /** Values beside them, where there are any. */
  v?: Scalar[];
  /** The last event that `after` takes: timestamp, id. */
  a?: [number, string];
  /** The current session: first and last event of any name. */
  s?: [number, number];
}

/** What of a narrowed selection is kept. */
export interface KeptOptions {
  /** How many of the latest events suffice; all by default. */
  latest?: number;
  /** Whether events of one timestamp must stay in their order by id. */
  ordered?: boolean;
  /** Called with each event before it is kept; what it returns is kept beside, and undefined keeps nothing. */
  read?: (event: MurmurEvent) => Scalar | undefined;
  /** Makes room for a value at a position: drops what can never matter beside it. Undefined: this one never will. */
  makeRoom?: (kept: Kept, place: number, value: Scalar) => number | undefined;
  /** Told what is dropped from the front. */
  onDrop?: (kept: Kept, count: number) => void;
}

/** How a selection is narrowed, and how its events come and go. */
export class Narrowed {
  readonly inputs: Operator["inputs"];
  readonly #within: number;
  readonly #cutBy: number;
  readonly #sessionBy: number;
  readonly #withIds: boolean;
  readonly #options: KeptOptions;

  constructor(selector: Selector, { within, after }: Narrowing, options: KeptOptions = {}) {
    const inputs: (Selector | typeof ANY_EVENT)[] = [selector];
    this.#cutBy = after === undefined ? -1 : inputs.push(after) - 1;
    this.#sessionBy = within === "session" ? inputs.push(ANY_EVENT) - 1 : -1;
    this.inputs = inputs;
    this.#within = within === undefined || within === "session" ? Infinity : milliseconds(within);
    this.#withIds = after !== undefined || options.ordered === true;
    this.#options = options;
  }

  init(): Kept {
    return { t: [] };
  }

  /** Takes an event from one of the inputs. False when only a replay can place it. */
  take(kept: Kept, event: MurmurEvent, input: number, at: number): boolean {
    if (input === this.#sessionBy) return this.#follow(kept, event.timestamp);
    if (input === this.#cutBy) this.#cut(kept, event);
    else this.#keep(kept, event, at);
    return true;
  }

  /** Position of the first kept event that still counts at `at`. */
  first(kept: Kept, at: number): number {
    if (kept.s && at - kept.s[1] >= SESSION_GAP) return kept.t.length;
    return this.#gone(kept, at);
  }

  /** How many kept events count at `at`. */
  count(kept: Kept, at: number): number {
    return kept.t.length - this.first(kept, at);
  }

  /** The instant at which the event at a position no longer counts. */
  outAt(kept: Kept, position: number): number {
    const timestamp = kept.t[position];
    if (timestamp === undefined) return Infinity;
    return kept.s ? kept.s[1] + SESSION_GAP : timestamp + this.#within;
  }

  prune(kept: Kept, at: number): void {
    this.#drop(kept, this.#gone(kept, at));
  }

  /** Drops the events that are not later than `instant`. */
  dropUpTo(kept: Kept, instant: number): void {
    this.#drop(kept, upTo(kept.t, instant));
  }

  #keep(kept: Kept, event: MurmurEvent, at: number): void {
    const { id, timestamp } = event;
    const { read, makeRoom, latest = Infinity } = this.#options;
    if (timestamp <= at - this.#within || (kept.s && timestamp < kept.s[0])) return;
    if (kept.a && !isAfter(timestamp, id, ...kept.a)) return;
    const value = read?.(event);
    if (read && value === undefined) return;
    let place: number | undefined = this.#place(kept, timestamp, id);
    if (makeRoom && value !== undefined) place = makeRoom(kept, place, value);
    if (place === undefined) return;
    kept.t.splice(place, 0, timestamp);
    if (this.#withIds) (kept.i ??= []).splice(place, 0, id);
    if (value !== undefined) (kept.v ??= []).splice(place, 0, value);
    this.#drop(kept, Math.max(this.#gone(kept, at), kept.t.length - latest));
  }

  /** How many kept events have left the window for good. A session that has ended may yet turn out to go on. */
  #gone(kept: Kept, at: number): number {
    return this.#within === Infinity ? 0 : upTo(kept.t, at - this.#within);
  }

  /** Position behind the events that are not after this one. */
  #place({ t, i }: Kept, timestamp: number, id: string): number {
    let place = t.length;
    while (place > 0 && isAfter(t[place - 1] as number, i?.[place - 1] ?? "", timestamp, id)) place--;
    return place;
  }

  /** Takes an event of `after`: what is not strictly after it is out. */
  #cut(kept: Kept, { id, timestamp }: MurmurEvent): void {
    if (kept.a && !isAfter(timestamp, id, ...kept.a)) return;
    kept.a = [timestamp, id];
    this.#drop(kept, this.#place(kept, timestamp, id));
  }

  /** Follows the session. One that an earlier event would lengthen backwards has lost what came before. */
  #follow(kept: Kept, timestamp: number): boolean {
    const [start, end] = kept.s ?? [timestamp, timestamp];
    if (timestamp - end >= SESSION_GAP) {
      this.#drop(kept, kept.t.length);
      kept.s = [timestamp, timestamp];
    } else if (timestamp >= start) {
      kept.s = [start, Math.max(end, timestamp)];
    } else {
      return start - timestamp >= SESSION_GAP;
    }
    return true;
  }

  #drop(kept: Kept, count: number): void {
    if (count <= 0) return;
    this.#options.onDrop?.(kept, count);
    kept.t.splice(0, count);
    kept.i?.splice(0, count);
    kept.v?.splice(0, count);
  }
}

/** Whether a selection is narrowed at all. */
export function isNarrowed({ within, after }: Narrowing): boolean {
  return within !== undefined || after !== undefined;
}

/** How many of the ascending `timestamps` are not later than `instant`. */
export function upTo(timestamps: readonly number[], instant: number): number {
  let low = 0;
  let high = timestamps.length;
  while (low < high) {
    const middle = (low + high) >> 1;
    if ((timestamps[middle] as number) <= instant) low = middle + 1;
    else high = middle;
  }
  return low;
}
