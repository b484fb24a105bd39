import { readFileSync } from "node:fs";
import { join } from "node:path";
import { expect, test } from "vitest";
import { runCli } from "./kit/run-cli.ts";
import { useFolder } from "./kit/with-folder.ts";

const folder = useFolder();

const DEFINITION = {
  segments: {
    waiting: {
      all: [
        { sinceLast: "Product Added", gte: "2h" },
        { count: "Order Completed", after: "Product Added", eq: 0 },
      ],
    },
  },
  journeys: {
    rescue: {
      enter: { segment: "waiting" },
      steps: [
        { send: "email", template: "your-cart" },
        { wait: "1d" },
        { event: "Rescue Ended" },
        { wait: "30d" },
        { trait: { rescued: true } },
      ],
    },
  },
};

const at = (hour: number): string => new Date(Date.UTC(2026, 0, 1, hour)).toISOString();

test("dry-run: what each step would have done, to how many and when; nothing is sent", async () => {
  folder.write("journeys.json", JSON.stringify(DEFINITION));
  const entries = [
    { profile: "ada", traits: { email: "ada@example.com" }, timestamp: at(0) },
    { profile: "ada", name: "Product Added", timestamp: at(1) },
    { profile: "bob", name: "Product Added", timestamp: at(1) },
    { profile: "eve", name: "Product Added", timestamp: at(1) },
    { profile: "eve", name: "Order Completed", timestamp: at(2) },
    { profile: "eve", name: "Page Viewed", timestamp: at(100) },
  ];
  folder.write("log.ndjson", entries.map((entry) => JSON.stringify(entry)).join("\n"));
  const run = (...flags: string[]) =>
    runCli(["dry-run", "journeys.json", "log.ndjson", ...flags], { cwd: folder.path });
  const { code, out } = await run("--profile", "ada", "--effects", "effects.ndjson");
  expect(code).toBe(0);
  expect(out).toMatch(/3 people up to 2026-01-05 04:00:00 UTC; nothing was sent/);
  expect(out).toMatch(/rescue +\S+ +email your-cart +1 +1\n/);
  expect(out).toMatch(/rescue +\S+ +skipped: no address +1 +1\n/);
  expect(out).toMatch(/rescue +\S+ +event Rescue Ended +2 +2\n/);
  expect(out).toContain("2 runs still on the way");
  expect(out).toMatch(
    /ada\n {2}2026-01-01 03:00:00 {2}rescue \S+ {2}email your-cart\n {2}2026-01-02 03:00:00 {2}rescue \S+ {2}event Rescue Ended\n/,
  );
  const effects = readFileSync(join(folder.path, "effects.ndjson"), "utf8")
    .trim()
    .split("\n")
    .map((line) => JSON.parse(line) as { profile: string });
  expect(effects.map(({ profile }) => profile).sort()).toEqual(["ada", "ada", "bob"]);
  expect(await run("--profile", "eva")).toMatchObject({
    code: 2,
    err: expect.stringContaining("nobody is called eva in these files"),
  });
  expect((await run("--profile", "eve")).out).toContain("eve: nothing would have been done");
  // A month later, the runs have ended.
  const later = JSON.parse((await run("--as-of", "2026-03-01", "--json")).out) as {
    running: number;
    steps: { what: string; times: number }[];
  };
  expect(later.running).toBe(0);
  expect(later.steps).toContainEqual(expect.objectContaining({ what: "trait rescued", times: 2 }));
});

test("a definition without journeys has nothing to run", async () => {
  folder.write("none.json", '{ "segments": {} }');
  folder.write("log.ndjson", '{ "profile": "ada", "name": "X", "timestamp": 1767225600000 }');
  const { code, err } = await runCli(["dry-run", "none.json", "log.ndjson"], { cwd: folder.path });
  expect(err).toContain("has no journeys");
  expect(code).toBe(2);
});
