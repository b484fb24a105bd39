import type { Member } from "../run/member.ts";
import type { Watcher } from "../run/watcher.ts";

const SCORES = [1, 2, 3, 4, 5];
const CELLS = new Set([
  "champion",
  "loyal",
  "potential-loyalist",
  "new-customer",
  "promising",
  "needs-attention",
  "about-to-sleep",
  "at-risk",
  "cannot-lose",
  "hibernating",
  "lost",
]);

/** The people of a square of the grid. */
export interface RfmSquare {
  recency: number;
  frequency: number;
  /** The name of the cell that it belongs to, without the preset's prefix. */
  cell: string;
  people: number;
  /** The sum of their `monetary` measures. */
  monetary: number;
}

export interface RfmResult {
  prefix: string;
  squares: RfmSquare[];
}

/** The prefix of an `rfm` preset in a definition; undefined where there is none. */
export function rfmPrefixOf(ids: readonly string[]): string | undefined {
  const marks = ids.filter((id) => id.endsWith("recency-1")).map((id) => id.slice(0, -"recency-1".length));
  return marks.find((prefix) =>
    SCORES.every(
      (score) => ids.includes(`${prefix}recency-${score}`) && ids.includes(`${prefix}frequency-${score}`),
    ),
  );
}

/** Everybody at the end, by the scores of recency and frequency. */
export class RfmGrid implements Watcher {
  readonly #prefix: string;
  readonly #ids: readonly string[];
  readonly #squares = new Map<string, RfmSquare>();

  constructor(ids: readonly string[], prefix: string) {
    this.#ids = ids;
    this.#prefix = prefix;
  }

  end({ segments, profile }: Member): void {
    const own = segments
      .map((segment) => this.#ids[segment]!)
      .filter((id) => id.startsWith(this.#prefix))
      .map((id) => id.slice(this.#prefix.length));
    const recency = scoreOf(own, "recency-");
    const frequency = scoreOf(own, "frequency-");
    if (recency === undefined || frequency === undefined) return;
    const key = `${recency} ${frequency}`;
    let square = this.#squares.get(key);
    if (!square) {
      const cell = own.find((name) => CELLS.has(name)) ?? "";
      this.#squares.set(key, (square = { recency, frequency, cell, people: 0, monetary: 0 }));
    }
    square.people++;
    const monetary = profile.measure(`${this.#prefix}monetary`);
    if (typeof monetary === "number") square.monetary += monetary;
  }

  result(): RfmResult {
    const squares = [...this.#squares.values()].sort(
      (a, b) => a.recency - b.recency || a.frequency - b.frequency,
    );
    // Sums of amounts with four decimals at most: what binary fractions add to them is taken away.
    for (const square of squares) square.monetary = Number(square.monetary.toFixed(4));
    return { prefix: this.#prefix, squares };
  }
}

function scoreOf(names: readonly string[], dimension: string): number | undefined {
  return SCORES.find((score) => names.includes(`${dimension}${score}`));
}
