import { readFile } from "node:fs/promises";
import { expect, test } from "vitest";
import { costOf, scaleTables, useOf } from "./scale.ts";

/** A table's cells, however wide its columns are set. */
function cells(markdown: string): string[] {
  return markdown
    .split("\n")
    .filter((line) => line.startsWith("|") && !/^\|[\s:|-]+\|$/.test(line))
    .map((line) => line.replaceAll(/\s*\|\s*/g, "|"));
}

test("the scale page says what the figures come to", async () => {
  const page = cells(await readFile(new URL("../../docs/scale.md", import.meta.url), "utf8"));
  expect(page).toEqual(expect.arrayContaining(cells(scaleTables(0.3))));
});

test("what is included costs nothing, and only what is beyond it is paid for", () => {
  const small = costOf(useOf(1_000, 0.3));
  expect(Object.values(small).every((cost) => cost === 0)).toBe(true);
  const use = useOf(1e6, 0.3);
  expect(costOf(use)["rows written"]).toBeCloseTo((use["rows written"] - 50e6) * 1e-6);
});

test("nobody who stays away costs more than the storage", () => {
  const { "stored, GB-month": stored, ...rest } = costOf(useOf(1e9, 0));
  expect(Object.values(rest).every((cost) => cost === 0)).toBe(true);
  expect(stored).toBeGreaterThan(0);
});
