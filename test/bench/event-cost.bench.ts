import { compile, type EventEntry, type Program } from "@murmur/core";
import { seededRandom } from "../load/seeded-random.ts";
import { figure, median, timed, type Figures } from "./figures.ts";
import { RingBuffers } from "./ring-buffers.ts";

const CATEGORIES = 1_000;
const HISTORIES = [100, 1_000, 10_000];
/** The history and what is measured lie over two windows' length. */
const SPAN = 14 * 864e5;
/** Events measured in a round, over as many profiles as their histories allow. */
const MEASURED = 4_000;
const ROUNDS = 9;
const WARM_UP = 3;

const categories = Array.from({ length: CATEGORIES }, (_, at) => `category-${at}`);
const segments = categories.map((category) => `likes-${category}`);

/** What one more event costs, all memberships up to date, beside code that can do nothing else. */
export function eventCost(): Figures {
  const program = compile({
    segments: Object.fromEntries(
      categories.map((category, at) => [
        segments[at]!,
        { count: { event: "Product Viewed", where: { category } }, within: "7d", gt: 3 },
      ]),
    ),
  });
  assertAgreement(program);
  return {
    title: "One more event, 1,000 segments over 1,000 categories",
    columns: ["history", "engine, µs", "by hand, µs", "ratio"],
    rows: HISTORIES.map((history) => {
      const { engine, byHand } = measure(program, history);
      return [figure(history), figure(engine), figure(byHand), `${(engine / byHand).toFixed(1)}×`];
    }),
    notes: [
      "each segment: count(Product Viewed, category = c) within 7d > 3; views over 14 days, some categories far dearer than others",
      "by hand: a ring of four instants a category and a heap of who leaves next, the same transitions, nothing else",
    ],
  };
}

function measure(program: Program, history: number): { engine: number; byHand: number } {
  const steps = Math.max(10, history / 10);
  const profiles = MEASURED / steps;
  const views = someViews(history + steps);
  const [past, next] = [views.slice(0, history), views.slice(history)];
  const engine: number[] = [];
  const byHand: number[] = [];
  for (let round = 0; round < WARM_UP + ROUNDS; round++) {
    const own = Array.from({ length: profiles }, () => {
      const profile = program.profile();
      for (const event of past) profile.record(event);
      return profile;
    });
    const rings = Array.from({ length: profiles }, () => {
      const buffers = new RingBuffers(categories, segments);
      for (const event of past) view(buffers, event);
      return buffers;
    });
    const engineTime = timed(() => {
      for (const profile of own) for (const event of next) profile.record(event);
    });
    const handTime = timed(() => {
      for (const buffers of rings) for (const event of next) view(buffers, event);
    });
    if (round < WARM_UP) continue;
    engine.push((engineTime * 1_000) / MEASURED);
    byHand.push((handTime * 1_000) / MEASURED);
  }
  return { engine: median(engine), byHand: median(byHand) };
}

function view(buffers: RingBuffers, event: EventEntry): ReturnType<RingBuffers["view"]> {
  return buffers.view(event.properties?.["category"] as string, event.timestamp);
}

function someViews(count: number): EventEntry[] {
  const random = seededRandom(count);
  let timestamp = Date.UTC(2026, 0, 1);
  return Array.from({ length: count }, (_, at) => {
    timestamp += random.whole(1, (2 * SPAN) / count);
    const category = categories[Math.floor(CATEGORIES * random.next() ** 3)]!;
    return { type: "event", id: `view-${at}`, name: "Product Viewed", timestamp, properties: { category } };
  });
}

/** What does not do the same job is no yardstick. */
function assertAgreement(program: Program): void {
  const profile = program.profile();
  const buffers = new RingBuffers(categories, segments);
  for (const event of someViews(HISTORIES.at(-1)!)) {
    const [own, byHand] = [profile.record(event), view(buffers, event)];
    if (JSON.stringify(own) !== JSON.stringify(byHand))
      throw new Error(`engine and ring buffers differ: ${JSON.stringify({ event, own, byHand })}`);
  }
  if (profile.segments().join() !== buffers.segments().join()) throw new Error("the memberships differ");
}
