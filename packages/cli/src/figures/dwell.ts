import type { Member } from "../run/member.ts";
import type { Watcher } from "../run/watcher.ts";

/** Each class of lengths ends 5 % above where it begins: a quantile is off by no more than half of that. */
const GROWTH = Math.log(1.05);

/** How long people stayed in a segment. */
export interface Dwell {
  /** Stays that ended, and those that had not at the end. */
  ended: number;
  ongoing: number;
  /** ms, of those that ended, within 2.5 %; absent where none did. */
  lowerQuartile?: number;
  median?: number;
  upperQuartile?: number;
  /** ms, exact. */
  shortest?: number;
  longest?: number;
}

/** How long each stay in a segment lasted, as a histogram of classes that grow with the length. */
export class DwellTimes implements Watcher {
  readonly #classes: readonly Map<number, number>[];
  readonly #ended: number[];
  readonly #ongoing: number[];
  readonly #shortest: number[];
  readonly #longest: number[];

  constructor(segments: number) {
    this.#classes = Array.from({ length: segments }, () => new Map<number, number>());
    [this.#ended, this.#ongoing, this.#longest] = [0, 0, 0].map((zero) =>
      Array<number>(segments).fill(zero),
    ) as [number[], number[], number[]];
    this.#shortest = Array<number>(segments).fill(Infinity);
  }

  change(_member: Member, segment: number, entered: boolean, at: number, since: number): void {
    if (entered) return;
    const length = at - since;
    const classes = this.#classes[segment]!;
    const kind = length < 1 ? -1 : Math.floor(Math.log(length) / GROWTH);
    classes.set(kind, (classes.get(kind) ?? 0) + 1);
    this.#ended[segment]!++;
    this.#shortest[segment] = Math.min(this.#shortest[segment]!, length);
    this.#longest[segment] = Math.max(this.#longest[segment]!, length);
  }

  end({ segments }: Member): void {
    for (const segment of segments) this.#ongoing[segment]!++;
  }

  result(): Dwell[] {
    return this.#classes.map((classes, at): Dwell => {
      const ended = this.#ended[at]!;
      const ongoing = this.#ongoing[at]!;
      if (ended === 0) return { ended, ongoing };
      const [shortest, longest] = [this.#shortest[at]!, this.#longest[at]!];
      const quantile = (share: number): number =>
        Math.min(longest, Math.max(shortest, quantileOf(classes, share * ended)));
      return {
        ended,
        ongoing,
        lowerQuartile: quantile(0.25),
        median: quantile(0.5),
        upperQuartile: quantile(0.75),
        shortest,
        longest,
      };
    });
  }
}

/** The middle of the class in which so many are reached. */
function quantileOf(classes: ReadonlyMap<number, number>, wanted: number): number {
  let seen = 0;
  for (const [kind, count] of [...classes].sort(([a], [b]) => a - b)) {
    seen += count;
    if (seen >= wanted) return kind < 0 ? 0 : Math.round(Math.exp((kind + 0.5) * GROWTH));
  }
  return 0;
}
