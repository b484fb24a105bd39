import type { Entry, Identify, MurmurEvent, Scalar } from "../log/entry.ts";
import { isTimestamp } from "../log/entry-problem.ts";
import { compareEntries } from "../log/order.ts";
import { explain, type Explanation } from "./explain.ts";
import { contextAt, isTrue, type Context } from "./contextual.ts";
import { computedKey } from "./plan.ts";
import type { Program } from "./program.ts";
import { ProfileState } from "./profile-state.ts";
import { openSnapshot, sealSnapshot, type Snapshot } from "./snapshot.ts";

/** A membership that changed. */
export interface Transition {
  segment: string;
  change: "entered" | "exited";
  /** The instant at which it became true, ms. */
  at: number;
}

/**
 * One customer under one definition. Membership is a function of the definition, the log and the clock. A profile
 * keeps no log: its keeper hands each entry to it once, in any order.
 */
export class Profile {
  readonly #program: Program;
  #state: ProfileState;
  /** Whether the profile is in each segment, as last reported. */
  readonly #members: Uint8Array;

  /** @internal Use `program.profile()`. Throws a SnapshotError when `snapshot` is not one of this program. */
  constructor(program: Program, snapshot?: unknown) {
    this.#program = program;
    this.#members = new Uint8Array(program.plan.segments.length);
    this.#state = new ProfileState(program);
    if (snapshot === undefined) return;
    this.#state.restore(openSnapshot(snapshot, program.hash));
    if (this.clock !== undefined) this.#report([]);
  }

  /** The latest instant up to which the profile has been evaluated, ms; a fresh one has none. It never goes back. */
  get clock(): number | undefined {
    return this.#state.clock;
  }

  /** True after a late event that only the log can place: hand it to `replay`. */
  get needsReplay(): boolean {
    return this.#state.needsReplay;
  }

  /** Takes an event that was not given before. What has no id, name or whole timestamp is passed over. */
  record(event: MurmurEvent): Transition[] {
    if (!isPlaceable(event) || !isEvent(event)) return [];
    return this.#at(event.timestamp, () => this.#state.take(event));
  }

  /** Takes an identify call that was not given before. */
  identify(identify: Identify): Transition[] {
    if (!isPlaceable(identify) || !isIdentify(identify)) return [];
    return this.#at(identify.timestamp, () => this.#state.identify(identify));
  }

  /** Moves the clock to `now`, ms, and yields every transition on the way, each at its true instant. */
  advance(now: number): Transition[] {
    if (!isTimestamp(now) || (this.clock !== undefined && now <= this.clock)) return [];
    return this.#at(now, () => {});
  }

  /**
   * Makes the profile anew from its whole log, in any order, an id that comes twice passed over. Transitions are at
   * the clock; entries later than the clock move it on, as if recorded one after the other.
   */
  replay(entries: Iterable<Entry>): Transition[] {
    const log = distinct(entries).sort(compareEntries);
    const clock = this.clock ?? log.at(-1)?.timestamp;
    this.#state = new ProfileState(this.#program);
    if (clock === undefined) return [];
    this.#state.clock = clock;
    const later = log.findIndex(({ timestamp }) => timestamp > clock);
    const known = later < 0 ? log : log.slice(0, later);
    for (const entry of known) {
      if (entry.type === "event") this.#state.take(entry);
      else this.#state.identify(entry);
    }
    const transitions = this.#report([]);
    for (const entry of log.slice(known.length)) {
      transitions.push(...(entry.type === "event" ? this.record(entry) : this.identify(entry)));
    }
    return transitions;
  }

  /** Ids of the segments that the profile is in, sorted; those that reach the context only where one is given. */
  segments(context?: Context): string[] {
    const { segments, contextual } = this.#program.plan;
    const kept = segments.filter((_id, segment) => this.#members[segment] === 1);
    if (context === undefined || this.clock === undefined) return kept;
    const visit = contextAt(context, this.clock);
    const asked = [...contextual].filter(([, each]) => isTrue(each, this.#state.truths, visit));
    return [...kept, ...asked.map(([id]) => id)].sort();
  }

  /** The value of a named measure at the clock; undefined when it is missing or there is none of that name. */
  measure(name: string): Scalar | undefined {
    const measure = this.#program.plan.definition.measures?.[name];
    if (!measure || !Object.hasOwn(this.#program.plan.definition.measures!, name)) return undefined;
    const operator = this.#program.plan.operatorOf.get(computedKey(measure)) as number;
    return this.#state.value(operator, this.clock ?? 0);
  }

  /**
   * The earliest instant after the clock at which some membership could change if nothing more happens, ms. May be
   * early, never late.
   */
  nextChange(): number | undefined {
    return this.#state.nextDue();
  }

  /** Why the profile is in a segment or not: the condition tree with what was measured; undefined for an unknown id. */
  explain(segmentId: string, context?: Context): Explanation | undefined {
    const visit = context && contextAt(context, this.clock ?? 0);
    return explain(this.#program.plan, this.#state, segmentId, visit);
  }

  /** Position of the first variant of a slot whose condition holds at the clock; -1 when none does. */
  variantOf(slot: string, context?: Context): number {
    if (this.clock === undefined) return -1;
    const visit = context && contextAt(context, this.clock);
    const variants = this.#program.plan.slots.get(slot) ?? [];
    return variants.findIndex((asked) => isTrue(asked, this.#state.truths, visit));
  }

  snapshot(): Snapshot {
    return sealSnapshot({
      version: 1,
      definition: this.#program.hash,
      clock: this.clock ?? null,
      needsReplay: this.needsReplay,
      ...this.#state.save(),
    });
  }

  /** Brings the clock to `instant` and lets `fold` change the state there; an instant that is past folds at the clock. */
  #at(instant: number, fold: () => void): Transition[] {
    const transitions: Transition[] = [];
    const state = this.#state;
    if (state.clock === undefined) {
      state.clock = instant;
    } else if (instant > state.clock) {
      // Up to, not including, the instant itself: what time and this entry do in one millisecond is one change.
      this.#expireBefore(instant, transitions);
      state.clock = instant;
    }
    fold();
    state.expire();
    return this.#report(transitions);
  }

  #expireBefore(instant: number, transitions: Transition[]): void {
    for (;;) {
      const due = this.#state.nextDue(instant);
      if (due === undefined || due >= instant) return;
      this.#state.clock = due;
      this.#state.expire();
      this.#report(transitions);
    }
  }

  /** Compares memberships with what was last reported, and adds what changed at the clock. */
  #report(transitions: Transition[]): Transition[] {
    const { plan } = this.#program;
    for (const segment of this.#state.settle()) {
      const member = this.#state.truths.is(plan.segmentNodes[segment]!);
      if (member === (this.#members[segment] === 1)) continue;
      this.#members[segment] = Number(member);
      transitions.push({
        segment: plan.segments[segment]!,
        change: member ? "entered" : "exited",
        at: this.#state.clock as number,
      });
    }
    return transitions;
  }
}

function isPlaceable(value: { id: string; timestamp: number }): boolean {
  return (
    typeof value === "object" &&
    value !== null &&
    isTimestamp(value.timestamp) &&
    typeof value.id === "string"
  );
}

function isEvent({ name }: { name?: unknown }): boolean {
  return typeof name === "string";
}

function isIdentify({ traits }: { traits?: unknown }): boolean {
  return typeof traits === "object" && traits !== null;
}

/** Each entry once, without those that `record` and `identify` would pass over. */
function distinct(entries: Iterable<Entry>): Entry[] {
  const byId = new Map<string, Entry>();
  for (const entry of entries) {
    if (!isPlaceable(entry) || byId.has(entry.id)) continue;
    if (entry.type === "event" ? isEvent(entry) : isIdentify(entry)) byId.set(entry.id, entry);
  }
  return [...byId.values()];
}
