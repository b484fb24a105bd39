import { compile, type EventEntry, type Program } from "@murmur/core";
import { seededRandom } from "../load/seeded-random.ts";
import type { Question } from "./peers/peer.ts";

const CATEGORIES = 1_000;
export const WINDOW = 7 * 864e5;
/** A history lies over two windows' length, whatever its length. */
const SPAN = 2 * WINDOW;

const categories = Array.from({ length: CATEGORIES }, (_, at) => `category-${at}`);

/** A segment a category: those who viewed more than three of its products within seven days. */
export const LIKINGS: Question = {
  categories,
  segments: categories.map((category) => `likes-${category}`),
  moreThan: 3,
};

export function likingProgram(): Program {
  const { segments, moreThan } = LIKINGS;
  return compile({
    segments: Object.fromEntries(
      categories.map((category, at) => [
        segments[at]!,
        { count: { event: "Product Viewed", where: { category } }, within: "7d", gt: moreThan },
      ]),
    ),
  });
}

/** Views without end, as dense as `history` of them over the span; some categories are far dearer than others. */
export function* categoryViews(life: number, history: number): Generator<EventEntry, never> {
  const random = seededRandom(history + life);
  let timestamp = Date.UTC(2026, 0, 1);
  for (let at = 0; ; at++) {
    timestamp += random.whole(1, (2 * SPAN) / history);
    const category = categories[Math.floor(CATEGORIES * random.next() ** 3)]!;
    yield { type: "event", id: `view-${at}`, name: "Product Viewed", timestamp, properties: { category } };
  }
}
