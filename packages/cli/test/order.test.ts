import { compareEntries, type Entry } from "@murmur/core";
import fc from "fast-check";
import { Readable } from "node:stream";
import { expect, test } from "vitest";
import { sampleEvents } from "../src/init/sample-events.ts";
import { SortedEntries } from "../src/input/sorted-entries.ts";
import { backtest, type BacktestResult } from "../src/index.ts";
import { usualDefinition } from "./kit/usual-definition.ts";
import { useFolder } from "./kit/with-folder.ts";

const folder = useFolder();
const SAMPLE = sampleEvents(60);

/** The figures, without what tells how the rows stood and how long it took. */
function figuresOf(result: BacktestResult): unknown {
  return { ...result, input: result.input.entries, seconds: 0, costs: [] };
}

async function run(text: string, order: "auto" | "stream" | "sort" = "auto"): Promise<BacktestResult> {
  const files = [folder.write("events.csv", text)];
  return backtest({ definition: usualDefinition, files, order, stdin: Readable.from([]), noCosts: true });
}

function shuffled(text: string, seed: number): string {
  const [header, ...rows] = text.trim().split("\n");
  const keyed = rows.map((row, at) => [Math.sin(seed * 7_919 + at * 104_729), row] as const);
  return `${[header, ...keyed.sort(([a], [b]) => a - b).map(([, row]) => row)].join("\n")}\n`;
}

test("the order of rows changes no figure, and neither does a row that stands twice", async () => {
  const asTheyStand = await run(SAMPLE);
  expect(asTheyStand.input.order).toBe("as they stand");
  const sorted = await run(SAMPLE, "sort");
  expect(figuresOf(sorted)).toEqual(figuresOf(asTheyStand));
  for (const seed of [1, 2]) {
    const mixed = await run(shuffled(SAMPLE, seed));
    expect(mixed.input.order).toBe("sorted");
    expect(figuresOf(mixed)).toEqual(figuresOf(asTheyStand));
  }
  const twice = await run(`${SAMPLE}${SAMPLE.slice(SAMPLE.indexOf("\n") + 1)}`);
  expect(twice.input.repeated).toBe(asTheyStand.input.entries);
  expect(figuresOf(twice)).toEqual(figuresOf(asTheyStand));
});

test("by customer instead of by time, as CDNOW's file is, a stream is enough", async () => {
  const [header, ...rows] = SAMPLE.trim().split("\n");
  const byCustomer = rows.toSorted((a, b) => (a.split(",", 2).join() < b.split(",", 2).join() ? -1 : 1));
  const result = await run(`${[header, ...byCustomer].join("\n")}\n`, "stream");
  expect(result.input).toMatchObject({ order: "as they stand", bad: { count: 0 } });
  expect(figuresOf(result)).toEqual(figuresOf(await run(SAMPLE)));
});

test("told not to sort, what comes too late is a bad row with its line", async () => {
  const text = "user_id,timestamp,event\n1,2026-01-02,X\n1,2026-01-01,X\n1,2026-01-03,X\n";
  const { input } = await run(text, "stream");
  expect(input.entries).toBe(2);
  expect(input.bad.samples).toEqual([
    {
      file: "events.csv",
      line: 3,
      reason: expect.stringContaining("earlier than a row of the same profile"),
    },
  ]);
});

test("what goes to disk comes back as what stays in memory", () => {
  const owned = fc.record({
    profile: fc.constantFrom("a", "b", "device-1", "device-2", "c"),
    id: fc.constantFrom("1", "2", "3", "4", "5", "6"),
    timestamp: fc.integer({ min: 0, max: 4 }),
  });
  fc.assert(
    fc.property(
      fc.array(owned, { maxLength: 40 }),
      fc.integer({ min: 1, max: 20 }),
      fc.boolean(),
      (all, most, linked) => {
        const logs = [most, Infinity].map((held) => {
          const sorted = new SortedEntries(held);
          for (const { profile, id, timestamp } of all)
            sorted.add(profile, { type: "event", id, name: profile, timestamp });
          if (linked) sorted.same("device-1", "a");
          const found = new Map<string, Entry[]>();
          for (const part of sorted.parts())
            for (const [profile, { entries }] of part) found.set(profile, entries);
          sorted.close();
          return found;
        });
        expect(logs[0]).toEqual(logs[1]);
        for (const entries of logs[0]!.values()) expect(entries).toEqual([...entries].sort(compareEntries));
        if (linked) expect([...logs[0]!.keys()]).not.toContain("device-1");
      },
    ),
    { numRuns: 60 },
  );
});
