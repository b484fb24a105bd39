import { compile, type Definition, type SegmentDefinition } from "@murmur/core";
import { gzipSync } from "node:zlib";
import { seededRandom } from "../load/seeded-random.ts";
import { figure, medianOf, timed, type Figures } from "./figures.ts";

const LEAVES = 200;
const EVENTS = 2_000;
const ROUNDS = 200;

/** What it costs to put a profile away and to wake it. */
export function snapshots(): Figures {
  const program = compile(definition());
  const profile = program.profile();
  const random = seededRandom(1);
  let timestamp = Date.UTC(2026, 0, 1);
  for (let at = 0; at < EVENTS; at++) {
    timestamp += random.whole(1, 6e5);
    const category = `category-${random.whole(0, LEAVES - 1)}`;
    const name = random.chance(0.8) ? "Product Viewed" : "Product Added";
    profile.record({ id: `${name} ${at}`, name, timestamp, properties: { category } });
  }
  const snapshot = profile.snapshot();
  const text = JSON.stringify(snapshot);
  const put = medianOf(ROUNDS, () => timed(() => void JSON.stringify(profile.snapshot())));
  const wake = medianOf(ROUNDS, () => timed(() => void program.profile(JSON.parse(text))));
  return {
    title: "A profile at rest, 200 active leaves",
    columns: ["leaves", "bytes", "bytes, gzip", "to text, µs", "from text, µs"],
    rows: [
      [
        figure(snapshot.states.length),
        figure(Buffer.byteLength(text)),
        figure(gzipSync(text).length),
        figure(put * 1_000),
        figure(wake * 1_000),
      ],
    ],
    notes: [
      "half count within 7d > 3, a quarter sinceLast, a quarter count after; after 2,000 events",
      "to text: snapshot() and JSON.stringify; from text: JSON.parse and program.profile(), as their keepers do",
    ],
  };
}

function definition(): Definition {
  const leaf = (at: number): SegmentDefinition["when"] => {
    const where = { category: `category-${at}` };
    const viewed = { event: "Product Viewed", where };
    if (at % 4 < 2) return { count: viewed, within: "7d", gt: 3 };
    if (at % 4 === 2) return { sinceLast: viewed, gte: "3d" };
    return { count: viewed, after: { event: "Product Added", where }, gte: 2 };
  };
  const segments = Array.from({ length: LEAVES }, (_, at) => [`segment-${at}`, { when: leaf(at) }]);
  return { segments: Object.fromEntries(segments) };
}
