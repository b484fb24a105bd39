import { compile, type Definition } from "@murmur/core";
import { Readable } from "node:stream";
import { setFlagsFromString } from "node:v8";
import { runInNewContext } from "node:vm";
import { expect, test } from "vitest";
import { readEntries } from "../src/input/read-entries.ts";
import { Population } from "../src/run/population.ts";
import { useFolder } from "./kit/with-folder.ts";

const folder = useFolder();

setFlagsFromString("--expose-gc");
const collect = runInNewContext("gc") as () => void;

const MEGABYTE = 1 << 20;
const ROWS = 48;

const definition: Definition = {
  segments: {
    curious: { when: { distinct: "category", of: "Product Viewed", gte: 2 } },
    tents: { when: { last: "category", of: "Product Viewed", eq: "tents" } },
    pair: { when: { sequence: ["Product Viewed", "Order Completed"], within: "7d" } },
  },
};

/** As many people as rows, each row of a megabyte, of which next to nothing is asked for. */
function wideRows(): string {
  const row = (at: number): string =>
    [`event-number-${at}`, `customer-number-${at}`, `category-number-${at}`, "x".repeat(MEGABYTE)].join();
  const rows = Array.from({ length: ROWS }, (_none, at) => `2026-01-01T00:00:00Z,Product Viewed,${row(at)}`);
  return folder.write("wide.csv", ["timestamp,event,id,user_id,category,rest", ...rows, ""].join("\n"));
}

test.each(["stream", "sort"] as const)(
  "what is known of people keeps nothing else in memory of the file that they came from: %s",
  async (order) => {
    const file = wideRows();
    const mapping = {
      profile: "user_id",
      timestamp: "timestamp",
      event: "event",
      id: "id",
      properties: { category: "category" },
    };
    collect();
    const before = process.memoryUsage().heapUsed;
    const population = new Population({ program: compile(definition), watchers: [] });
    let after = Infinity;
    const taker = {
      take: population.take.bind(population),
      close() {
        collect();
        after = process.memoryUsage().heapUsed;
      },
    };
    const { input } = await readEntries(
      { files: [file], order, stdin: Readable.from([]), format: "csv", mapping },
      () => taker,
    );
    expect([input.entries, population.people]).toEqual([ROWS, ROWS]);
    expect(after - before).toBeLessThan(8 * MEGABYTE);
  },
);
