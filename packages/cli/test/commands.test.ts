import { readFileSync } from "node:fs";
import { join } from "node:path";
import { beforeAll, describe, expect, test } from "vitest";
import { sampleEvents } from "../src/init/sample-events.ts";
import { runCli, type Ran } from "./kit/run-cli.ts";
import { useFolder } from "./kit/with-folder.ts";

const folder = useFolder();
const OLD = {
  segments: {
    fan: { count: "Product Viewed", within: "30d", gte: 5 },
    buyer: { count: "Order Completed", gte: 1 },
    same: { count: "Page Viewed", gte: 1 },
  },
};
const NEW = {
  segments: {
    fan: { count: "Product Viewed", within: "30d", gte: 9 },
    buyer: { count: "Order Completed", gte: 1, within: "365d" },
    same: { count: "Page Viewed", gte: 1 },
    fresh: { sinceLast: "Page Viewed", lt: "7d" },
  },
};

beforeAll(() => {
  folder.write("old.json", JSON.stringify(OLD));
  folder.write("new.json", JSON.stringify(NEW));
  folder.write("sample.csv", sampleEvents(120));
});

const run = (
  args: string[],
  more: { stdin?: string; env?: Record<string, string>; isTTY?: boolean } = {},
): Promise<Ran> => runCli(args, { cwd: folder.path, ...more });

async function answer<Answer>(args: string[]): Promise<Answer> {
  return JSON.parse((await run([...args, "--json"])).out) as Answer;
}

describe("backtest", () => {
  test("writes a report that needs nothing else, the same figures as JSON, and everybody", async () => {
    const { code, out } = await run([
      "backtest",
      "old.json",
      "sample.csv",
      "--figures",
      "f.json",
      "--members",
      "m.ndjson",
      "--title",
      "<Last> year",
    ]);
    expect(code).toBe(0);
    expect(out).toMatch(/people from 2025-01-0\d .* rows\/s/);
    const figures = JSON.parse(readFileSync(join(folder.path, "f.json"), "utf8")) as {
      segments: { id: string; size: number }[];
      people: number;
    };
    const members = readFileSync(join(folder.path, "m.ndjson"), "utf8")
      .trim()
      .split("\n")
      .map((line) => JSON.parse(line) as { segments: string[] });
    expect(members).toHaveLength(figures.people);
    for (const { id, size } of figures.segments)
      expect(members.filter(({ segments }) => segments.includes(id))).toHaveLength(size);
    const html = readFileSync(join(folder.path, "murmur-backtest.html"), "utf8");
    expect(html).toContain("<title>&#60;Last&#62; year</title>");
    expect(html).toContain("Content-Security-Policy");
    expect(html).not.toMatch(/<(?:script|link|img)[^>]+(?:src|href)=/);
    expect(html.length).toBeLessThan(300_000);
  });

  test("prints its figures as JSON, and nothing else beside them", async () => {
    const { out, err } = await run(["backtest", "old.json", "sample.csv", "--no-report", "--json"]);
    expect(err).toBe("");
    expect(JSON.parse(out)).toMatchObject({
      people: expect.any(Number),
      conversion: { event: "Order Completed" },
    });
  });

  test("reads the standard input, sorts it, and says so by no code", async () => {
    const [header, ...rows] = sampleEvents(20).trim().split("\n");
    const { code, out } = await run(["backtest", "old.json", "-", "--no-report"], {
      stdin: [header, ...rows.reverse()].join("\n"),
    });
    expect(code).toBe(0);
    expect(out).toContain("sorted by time");
  });

  test("goes on where rows are bad: says which and why, and the code says that there were", async () => {
    folder.write("bad.csv", `${sampleEvents(5)}customer-1,never,Page Viewed,x,,,,,\ntoo,short\n`);
    const { code, out } = await run(["backtest", "old.json", "bad.csv", "--no-report"]);
    expect(code).toBe(3);
    expect(out).toMatch(
      /2 bad rows:\n {4}bad\.csv:\d+ timestamp "never" is no instant\n {4}bad\.csv:\d+ has 2 fields, and the header 9/,
    );
  });

  test("does not run what does not compile", async () => {
    folder.write("wrong.json", '{ "segments": { "a": { "cuont": "X" } } }');
    const { code, out } = await run(["backtest", "wrong.json", "sample.csv", "--no-report"]);
    expect(code).toBe(1);
    expect(out).toContain('did you mean "count"?');
  });
});

test("explain: the tree with what was measured, and until when", async () => {
  const events = [
    { profile: "ada", name: "Page Viewed", timestamp: "2026-01-01T00:00:00Z" },
    { profile: "ada", name: "Order Completed", timestamp: "2026-01-02T00:00:00Z" },
    { profile: "bob", name: "Page Viewed", timestamp: "2026-01-02T12:00:00Z" },
  ];
  folder.write("two.ndjson", events.map((event) => JSON.stringify(event)).join("\n"));
  const args = ["explain", "fresh", "--definition", "new.json", "--log", "two.ndjson"];
  const { code, out } = await run([...args, "--profile", "ada", "--as-of", "2026-01-03"]);
  expect(code).toBe(0);
  expect(out).toBe(
    "ada is in fresh at 2026-01-03 UTC, by 2 entries\n✓ sinceLast Page Viewed is 2 d; wanted < 7d (until 2026-01-08)\n",
  );
  const later = await answer<{ member: boolean }>([...args, "--profile", "ada", "--as-of", "2026-01-08"]);
  expect(later.member).toBe(false);
  expect((await run(args)).err).toContain("the files hold 2 profiles: say which, --profile ada");
  expect((await run([...args, "--profile", "eve"])).err).toContain("nobody is called eve");
  expect((await run(["explain", "fersh", ...args.slice(2)])).err).toContain(
    "there is no segment fersh; there are fan, buyer",
  );
});

test("diff: who would enter and leave, with an example of each way, and why", async () => {
  const { code, out } = await run(["diff", "old.json", "new.json", "sample.csv"]);
  expect(code).toBe(0);
  expect(out).toMatch(/fresh \(new\) +0 +\d+ +\+\d+ +0/);
  expect(out).toMatch(/fan +\d+ +\d+ +0 +−\d+/);
  expect(out).toMatch(
    /− customer-\d+ leaves fan:\n {2}before\n {4}✓ count Product Viewed within 30d is \d+ or more; wanted ≥ 5.*\n {2}after\n {4}✗ /,
  );
  const { segments, unchanged, people } = await answer<{
    segments: { id: string; before: number; after: number; enters: number; leaves: number }[];
    unchanged: number;
    people: number;
  }>(["diff", "old.json", "new.json", "sample.csv"]);
  expect(people).toBeGreaterThan(80);
  expect(unchanged).toBeGreaterThanOrEqual(1);
  for (const { before, after, enters, leaves } of segments) expect(before + enters - leaves).toBe(after);
  expect((await run(["diff", "old.json", "old.json", "sample.csv"])).out).toContain(
    "nobody would be in another segment",
  );
});

test("fit rfm: bounds with which each score takes about a fifth", async () => {
  const { rfm, buyers } = await answer<{
    rfm: { recency: string[]; frequency: number[]; monetary: number[] };
    buyers: number;
  }>(["fit", "rfm", "sample.csv"]);
  folder.write(
    "fitted.ts",
    `import { define, rfm } from "@murmur/core";\nexport default define(rfm(${JSON.stringify(rfm)} as never));\n`,
  );
  const { segments } = await answer<{ segments: { id: string; size: number }[] }>([
    "backtest",
    "fitted.ts",
    "sample.csv",
    "--no-report",
  ]);
  const sizes = segments.filter(({ id }) => id.startsWith("rfm-monetary-")).map(({ size }) => size);
  expect(sizes.reduce((sum, size) => sum + size, 0)).toBe(buyers);
  for (const size of sizes) expect(Math.abs(size - buyers / 5)).toBeLessThanOrEqual(2);
  expect((await run(["fit", "rfm", "sample.csv", "--order", "Order Placed"])).err).toContain(
    "nobody did Order Placed",
  );
});

test("fit rfm: what is pasted is about the events that were asked for, in units that tell an hour from a day", async () => {
  const rows = Array.from(
    { length: 11 },
    (_none, at) => `p${at},2026-01-01T${String(at).padStart(2, "0")}:00:00Z,Sold,5`,
  );
  folder.write("day.csv", `user_id,timestamp,event,price\n${rows.join("\n")}\n`);
  const { rfm } = await answer<{ rfm: object }>([
    "fit",
    "rfm",
    "day.csv",
    "--order",
    "Sold",
    "--value",
    "price",
  ]);
  expect(rfm).toEqual({
    order: "Sold",
    value: "price",
    recency: ["120m", "240m", "360m", "480m"],
    frequency: [2, 2, 2, 2],
    monetary: [5, 5, 5, 5],
  });
});

test("fit thresholds: how the measures that are compared are distributed", async () => {
  const { measures, people } = await answer<{
    people: number;
    measures: {
      measure: object;
      comparisons: string[];
      people: number;
      quantiles: { share: number; value: number }[];
    }[];
  }>(["fit", "thresholds", "old.json", "sample.csv"]);
  expect(measures.map(({ measure }) => measure)).toEqual([
    { count: "Product Viewed", within: "30d" },
    { count: "Order Completed" },
    { count: "Page Viewed" },
  ]);
  expect(measures[0]).toMatchObject({ comparisons: ["gte 5"], people });
  const values = measures[2]!.quantiles.map(({ value }) => value);
  expect(values).toEqual([...values].sort((a, b) => a - b));
  expect((await run(["fit", "thresholds", "old.json", "sample.csv"])).out).toContain(
    "compared as gte 5 in fan",
  );
});

test("export-schema: the schema that core has", async () => {
  const { out } = await run(["export-schema"]);
  expect(JSON.parse(out)).toHaveProperty("$schema", "https://json-schema.org/draft/2020-12/schema");
  await run(["export-schema", "schema.json"]);
  expect(readFileSync(join(folder.path, "schema.json"), "utf8")).toBe(out);
});

describe("the way it speaks", () => {
  test.each([
    [["backtset"], "unknown command 'backtset'"],
    [["check", "--strikt"], "unknown option '--strikt'"],
    [["backtest", "old.json"], "missing required argument 'events'"],
    [["backtest", "old.json", "nowhere.csv"], "nowhere.csv"],
    [["backtest", "old.json", "sample.csv", "--format", "xml"], "there is no format xml; known are segment"],
    [["backtest", "old.json", "sample.csv", "--as-of", "soon"], "--as-of soon is no instant"],
    [["backtest", "old.json", "sample.csv", "--sort", "maybe"], "--sort is one of auto, never, always"],
    [["backtest", "old.json", "sample.csv", "--stages", "fan,fun"], "no segment fun"],
    [["backtest", "old.json", "sample.csv", "--map", "profile"], "--map profile: write what=column"],
    [
      [
        "backtest",
        "old.json",
        "sample.csv",
        "--map",
        "profile=nobody",
        "--map",
        "timestamp=timestamp",
        "--map",
        "event=event",
      ],
      "the file has no column nobody",
    ],
  ])("%j is refused with what to write instead", async (args, wanted) => {
    const { code, err, out } = await run(args);
    expect(err).toContain(wanted);
    expect(out).toBe("");
    expect(code).toBe(2);
  });

  test("help is an answer, and its code says so", async () => {
    const { code, out } = await run(["backtest", "--help"]);
    expect(out).toContain("Usage: murmur backtest [options] <definition> <events...>");
    expect(code).toBe(0);
  });

  test("colours for a terminal, none for a pipe, and none for who wants none", async () => {
    const coloured = (text: string): boolean => text.includes("\u001B[");
    const args = ["check", "old.json"];
    expect(coloured((await run(args, { isTTY: true })).out)).toBe(true);
    expect(coloured((await run(args)).out)).toBe(false);
    expect(coloured((await run(args, { isTTY: true, env: { NO_COLOR: "1" } })).out)).toBe(false);
    expect(coloured((await run(args, { env: { FORCE_COLOR: "1" } })).out)).toBe(true);
  });

  test("a bar with rate and time left for who watches", async () => {
    const { err } = await run(["backtest", "old.json", "sample.csv", "--no-report"], { isTTY: true });
    expect(err).toMatch(/\d+ % \| [\d,]+ rows \| [\d,]+ rows\/s \| .* left/);
    expect((await run(["backtest", "old.json", "sample.csv", "--no-report"])).err).toBe("");
  });

  test("what was asked for as JSON fails as JSON", async () => {
    for (const wrong of [["nowhere.csv"], [], ["sample.csv", "--strikt"]]) {
      const { out, code } = await run(["backtest", "old.json", ...wrong, "--json"]);
      expect(JSON.parse(out)).toMatchObject({ ok: false, error: { code: "usage" } });
      expect(code).toBe(2);
    }
  });
});
