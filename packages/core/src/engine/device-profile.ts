import type { Entry, Identify, MurmurEvent, Scalar } from "../log/entry.ts";
import { isTimestamp } from "../log/entry-problem.ts";
import { isObject } from "../log/is-object.ts";
import { compareEntries } from "../log/order.ts";
import { contextAt, type Context } from "./context.ts";
import type { Graph } from "./graph.ts";
import { ProfileState } from "./profile-state.ts";
import { openSnapshot, sealSnapshot, type Snapshot } from "./snapshot.ts";

/** A membership that changed. */
export interface Transition {
  segment: string;
  change: "entered" | "exited";
  /** The instant at which it became true, ms. */
  at: number;
}

/** A profile on a visit, as decisions look at it. */
export interface ProfileView {
  /** The context at the clock; nothing of nobody yet. */
  visit: Context | undefined;
  traits: () => unknown;
  /** Whether a node of the plan is true; none is of nobody yet. */
  truth: (node: number) => boolean;
}

/**
 * One customer under one definition, on a device: all but `explain`, whose bytes a page does without. Membership is a function of the definition, the log and the clock. A profile
 * keeps no log: its keeper hands each entry to it once, in any order.
 */
export class DeviceProfile {
  /** @internal */
  protected readonly graph: Graph;
  /** @internal What changes; a profile made anew has another. */
  protected current: ProfileState;
  /** Hash of the definition. */
  readonly #definition: string;
  /** Whether the profile is in each segment, as last reported. */
  readonly #members: boolean[] = [];

  /** @internal Use `program.profile()`. Throws a SnapshotError when `snapshot` is not one of this definition. */
  constructor(graph: Graph, definition: string, snapshot: unknown) {
    this.graph = graph;
    this.#definition = definition;
    this.current = new ProfileState(graph, snapshot === undefined ? {} : openSnapshot(snapshot, definition));
    if (this.current.clock > -Infinity) this.#report([]);
  }

  /** The latest instant up to which the profile has been evaluated, ms; a fresh one has none. It never goes back. */
  get clock(): number | undefined {
    return instant(this.current.clock);
  }

  /** True after a late event that only the log can place: hand it to `replay`. */
  get needsReplay(): boolean {
    return this.current.needsReplay;
  }

  /** Takes an event that was not given before. What has no id, name or whole timestamp is passed over. */
  record(event: MurmurEvent): Transition[] {
    return this.#take(event, "event");
  }

  /** Takes an identify call that was not given before. */
  identify(identify: Identify): Transition[] {
    return this.#take(identify, "identify");
  }

  /** Moves the clock to `now`, ms, and yields every transition on the way, each at its true instant. */
  advance(now: number): Transition[] {
    return isTimestamp(now) && now > this.current.clock ? this.#at(now) : [];
  }

  /**
   * Makes the profile anew from its whole log, in any order, an id that comes twice passed over. Transitions are at
   * the clock; entries later than the clock move it on, as if recorded one after the other. Where the oldest of the log is
   * gone, from `base`, a snapshot of a profile of it: entries up to its clock are in it already, and are passed over.
   * Throws a SnapshotError when that is not one of this definition.
   */
  replay(entries: Iterable<Entry>, base?: unknown): Transition[] {
    const saved = base === undefined ? undefined : openSnapshot(base, this.#definition);
    const from = saved?.clock ?? -Infinity;
    const log = inOrder(entries).filter(({ timestamp }) => timestamp > from);
    const clock = Math.max(from, this.clock ?? log.at(-1)?.timestamp ?? from);
    this.current = new ProfileState(this.graph, { ...saved, clock });
    if (clock === -Infinity) return [];
    for (const entry of log) if (entry.timestamp <= clock) this.current.take(entry, entry.type);
    const later = log.filter(({ timestamp }) => timestamp > clock);
    // What is no longer so has changed, too.
    this.current.settle();
    return [
      ...this.#report([], this.graph.plan.segments.keys()),
      ...later.flatMap((entry) => this.#take(entry, entry.type)),
    ];
  }

  /** Ids of the segments that the profile is in, sorted; those that reach the context only where one is given. */
  segments(context?: Context): string[] {
    const { plan, truths } = this.graph;
    const visit = this.visit(context);
    return plan.segments
      .filter(([, node], at) =>
        node < plan.kept ? this.#members[at] : visit && this.current.isTrue(truths[node]!, visit),
      )
      .map(([id]) => id);
  }

  /** The value of a named measure at the clock; undefined when it is missing or there is none of that name. */
  measure(name: string): Scalar | undefined {
    const { plan, computed } = this.graph;
    const found = plan.measures.find(([known]) => known === name);
    return found && (this.current.valueOf(computed[found[1]]!) as Scalar | undefined);
  }

  /**
   * The earliest instant after the clock at which some membership could change if nothing more happens, ms. May be
   * early, never late.
   */
  nextChange(): number | undefined {
    return instant(this.current.due.first);
  }

  /** @internal What decisions go by at the clock. */
  view(context?: Context): ProfileView {
    const { current, graph } = this;
    const visit = this.visit(context);
    return {
      visit,
      traits: () => current.valueOf(graph.computed[0]!),
      truth: (node) => current.clock > -Infinity && current.isTrue(graph.truths[node]!, visit),
    };
  }

  snapshot(): Snapshot {
    return sealSnapshot({ definition: this.#definition, ...this.current.save() });
  }

  /** @internal The context of a visit, which begins with the first entry. */
  protected visit(context: Context | undefined): Context | undefined {
    return context && this.clock !== undefined ? contextAt(context, this.clock) : undefined;
  }

  #take(entry: MurmurEvent | Identify, type: Entry["type"]): Transition[] {
    return isPlaceable(entry, type) ? this.#at(entry.timestamp, entry, type) : [];
  }

  /** Brings the clock to `now` and takes an entry in there; one that is past is taken in at the clock. */
  #at(now: number, entry?: MurmurEvent | Identify, type?: Entry["type"]): Transition[] {
    const transitions: Transition[] = [];
    const state = this.current;
    // Up to, not including, the instant itself: what time and this entry do in one millisecond is one change.
    while (state.due.first < now) {
      state.clock = state.due.first;
      state.expire();
      this.#report(transitions);
    }
    state.clock = Math.max(now, state.clock);
    if (entry) state.take(entry, type);
    state.expire();
    return this.#report(transitions);
  }

  /** Compares memberships with what was last reported, and adds what changed at the clock. */
  #report(transitions: Transition[], positions: Iterable<number> = this.current.settle()): Transition[] {
    const { plan, truths } = this.graph;
    for (const at of positions) {
      const [id, node] = plan.segments[at]!;
      if (node >= plan.kept) continue;
      const member = this.current.isTrue(truths[node]!);
      if (member === (this.#members[at] ?? false)) continue;
      this.#members[at] = member;
      transitions.push({ segment: id, change: member ? "entered" : "exited", at: this.current.clock });
    }
    return transitions;
  }
}

/** An instant, unless it never comes or came. */
function instant(at: number): number | undefined {
  return Number.isFinite(at) ? at : undefined;
}

/** Whether an entry can be placed at all. */
function isPlaceable(entry: MurmurEvent | Identify, type: Entry["type"]): boolean {
  const { id, timestamp, name, traits } = (entry ?? {}) as Partial<MurmurEvent & Identify>;
  return (
    isTimestamp(timestamp) &&
    typeof id === "string" &&
    (type === "event" ? typeof name === "string" : isObject(traits))
  );
}

/** Each entry once, the first of its id, without those that `record` and `identify` would pass over; in order. */
function inOrder(entries: Iterable<Entry>): Entry[] {
  const log = [...entries].filter((entry) => isPlaceable(entry, entry?.type)).reverse();
  return [...new Map(log.map((entry) => [entry.id, entry])).values()].sort(compareEntries);
}
