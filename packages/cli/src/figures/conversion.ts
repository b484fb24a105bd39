import type { Entry } from "@murmur/core";
import type { Member } from "../run/member.ts";
import type { Watcher } from "../run/watcher.ts";

/** Of people at checkpoints: how many there were, and how many of them converted by the next one. */
export interface Rate {
  people: number;
  converted: number;
  /** The share, and the ends of its 95 % interval (Wilson's); absent where there is nobody. */
  rate?: number;
  low?: number;
  high?: number;
}

export interface SegmentConversion {
  members: Rate;
  others: Rate;
  /** The members' rate by that of the others; absent where one of them is not known, or the others' is 0. */
  lift?: number;
}

export interface ConversionResult {
  /** The event that is a conversion. */
  event: string;
  /** The time between two checkpoints, ms. */
  horizon: number;
  checkpoints: number;
  segments: SegmentConversion[];
}

/**
 * What was counted at a checkpoint: how many came to be there beside those of the one before (or fewer), in all and by
 * segment, so that it costs nothing how many pass at which nothing changes; and how many converted by the next one.
 */
interface Panel {
  people: number;
  members: Map<number, number>;
  converted: number;
  convertedMembers: Map<number, number>;
}

/**
 * Whether members of a segment do something more often than the others. Time is cut by checkpoints, a horizon apart; at
 * each, everybody who was seen by then is a member of a segment or not, and within the horizon after it converts or not. A
 * person counts once for each checkpoint. Only whole horizons count. It is a comparison, not an experiment: that members
 * convert more often does not say that the segment, or what it is shown, is why.
 */
export class Conversion implements Watcher {
  readonly #event: string;
  readonly #horizon: number;
  readonly #segments: number;
  readonly #panels = new Map<number, Panel>();
  #ended = -Infinity;

  constructor(segments: number, event: string, horizon: number) {
    this.#segments = segments;
    this.#event = event;
    this.#horizon = horizon;
  }

  begin(member: Member, at: number): void {
    // At the checkpoint of its first instant itself, a person is there.
    member.checkpoint = Math.ceil(at / this.#horizon);
  }

  change(member: Member, _segment: number, _entered: boolean, at: number): void {
    this.#pass(member, at);
  }

  entry(member: Member, entry: Entry): void {
    this.#pass(member, entry.timestamp);
    if (entry.type !== "event" || entry.name !== this.#event || member.converted || !member.panel) return;
    member.converted = true;
    const panel = this.#panelOf(member.checkpoint - 1);
    panel.converted++;
    for (const segment of member.panel) add(panel.convertedMembers, segment);
  }

  end(member: Member, at: number): void {
    this.#ended = at;
    this.#pass(member, at);
  }

  result(): ConversionResult {
    // Those at the checkpoint of that number, and later ones, have no whole horizon.
    const ended = Math.floor(this.#ended / this.#horizon);
    const panels = [...this.#panels].filter(([checkpoint]) => checkpoint < ended);
    const checkpoints = panels.reduce((most, [checkpoint]) => Math.max(most, ended - checkpoint), 0);
    const atAll = (of: (panel: Panel) => number): number =>
      sum(panels, ([checkpoint, panel]) => of(panel) * (ended - checkpoint));
    const people = atAll((panel) => panel.people);
    const converted = sum(panels, ([, panel]) => panel.converted);
    const segments = Array.from({ length: this.#segments }, (_none, segment): SegmentConversion => {
      const within = atAll((panel) => panel.members.get(segment) ?? 0);
      const convertedWithin = sum(panels, ([, panel]) => panel.convertedMembers.get(segment) ?? 0);
      const members = rateOf(within, convertedWithin);
      const others = rateOf(people - within, converted - convertedWithin);
      const isKnown = members.rate !== undefined && others.rate !== undefined && others.rate > 0;
      return { members, others, ...(isKnown && { lift: members.rate! / others.rate! }) };
    });
    return { event: this.#event, horizon: this.#horizon, checkpoints, segments };
  }

  /** Counts the member at the checkpoints before an instant; what happens at a checkpoint itself is before it. */
  #pass(member: Member, at: number): void {
    const { checkpoint, segments } = member;
    if (!(checkpoint * this.#horizon < at)) return;
    member.checkpoint = Math.ceil(at / this.#horizon);
    for (const [place, change] of [
      [checkpoint, 1],
      [member.checkpoint, -1],
    ] as const) {
      const panel = this.#panelOf(place);
      panel.people += change;
      for (const segment of segments) add(panel.members, segment, change);
    }
    member.panel = [...segments];
    member.converted = false;
  }

  #panelOf(checkpoint: number): Panel {
    let panel = this.#panels.get(checkpoint);
    if (!panel)
      this.#panels.set(
        checkpoint,
        (panel = { people: 0, converted: 0, members: new Map(), convertedMembers: new Map() }),
      );
    return panel;
  }
}

function add(counts: Map<number, number>, segment: number, many = 1): void {
  counts.set(segment, (counts.get(segment) ?? 0) + many);
}

type Numbered = readonly [checkpoint: number, panel: Panel];

function sum(panels: readonly Numbered[], of: (panel: Numbered) => number): number {
  return panels.reduce((total, panel) => total + of(panel), 0);
}

/** The normal deviate of a 95 % interval. */
const Z = 1.96;

/** A share with Wilson's score interval (https://en.wikipedia.org/wiki/Binomial_proportion_confidence_interval). */
function rateOf(people: number, converted: number): Rate {
  if (people === 0) return { people, converted };
  const rate = converted / people;
  const scale = 1 + Z ** 2 / people;
  const centre = (rate + Z ** 2 / (2 * people)) / scale;
  const half = (Z / scale) * Math.sqrt((rate * (1 - rate)) / people + Z ** 2 / (4 * people ** 2));
  return { people, converted, rate, low: Math.max(0, centre - half), high: Math.min(1, centre + half) };
}
