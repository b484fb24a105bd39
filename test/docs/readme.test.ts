import { execFileSync } from "node:child_process";
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { expect, test } from "vitest";
import { figuresOfPages, withFigures } from "../../tools/figures.ts";
import { blocksIn, pages, ROOT } from "./pages.ts";

const README = pages.find(({ path }) => path === "README.md")!.text;
const PERFORMANCE = pages.find(({ path }) => path === "docs/performance.md")!.text;

test("the example of the engine runs, and comes to what stands behind it", () => {
  const { code } = blocksIn("ts").find(({ page }) => page === "README.md")!;
  const commented = /^(profile\..+); \/\/ (.+)$/gm;
  const values = [...code.matchAll(commented)].map(([, , value]) => value!);
  const asking = code.replaceAll(commented, (_, call: string) => `results.push(${call});`);
  const run = `${asking}\nconsole.log(JSON.stringify(results));`.replace(
    /^(import .*)$/m,
    "$1\nconst results = [];",
  );
  const node = ["--conditions=murmur-source", "--input-type=module-typescript", "--eval", run];
  const [next, changes, explained] = JSON.parse(
    execFileSync("node", node, { cwd: ROOT, encoding: "utf8" }),
  ) as [number, { at: number }[], { holds?: boolean }];
  expect(values).toEqual([
    digits(next),
    `[{ segment: "cart-abandoner", change: "entered", at: ${digits(changes[0]!.at)} }]`,
    "what was measured, what was wanted, and until when it holds",
  ]);
  expect(changes).toEqual([{ segment: "cart-abandoner", change: "entered", at: next }]);
  expect(JSON.stringify(explained)).toMatch(/"until":\d+/);
});

/** A number as the page writes it: 1_790_007_200_000. */
const digits = (value: number): string => value.toLocaleString("en").replaceAll(",", "_");

/** The cells of the row of a table that begins so; the first one left out. */
function rowOf(text: string, first: string): string[] {
  const line = text.split("\n").find((row) => row.startsWith("|") && row.split("|")[1]!.trim() === first);
  if (line === undefined) throw new Error(`there is no row "${first}"`);
  return line
    .split("|")
    .slice(2, -1)
    .map((cell) => cell.trim());
}

test("bytes are those of the files as they are built: if not, run npm run figures", async () => {
  for (const [path, rows] of Object.entries(await figuresOfPages())) {
    const text = readFileSync(join(ROOT, path), "utf8");
    for (const [first] of rows) expect(rowOf(text, first).length).toBeGreaterThan(0);
    expect(await withFigures(text, rows)).toBe(text);
  }
});

test.each([
  ["one more event, 1,000 segments up to date, after 10,000 events", "engine", 2, "µs"],
  [
    "the same by json-logic-engine, the best of the general engines measured",
    "json-logic-engine 5.0.7",
    2,
    "µs",
  ],
  ["a year of a shop (541,909 lines) through four presets", "orders of customers", 0, "s"],
  ["`murmur check` of 1,000 segments, a process from nothing", "1,000 segments", 0, "ms"],
])("%s: as in docs/performance.md", (what, row, column, unit) => {
  expect(rowOf(README, what)).toEqual([`${rowOf(PERFORMANCE, row)[column]} ${unit}`]);
});

test("slots: as in docs/performance.md", () => {
  const [figure] = rowOf(README, "50 slots of 10 variants, decided");
  expect(PERFORMANCE.replaceAll("\n", " ")).toContain(`are decided in ${figure}`);
});
