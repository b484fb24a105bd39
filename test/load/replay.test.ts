import { fileURLToPath } from "node:url";
import { expect, test } from "vitest";
import { replay } from "./replay.ts";

// The sample's people are made up; its columns are those of the real data.
const SAMPLE = fileURLToPath(new URL("sample.csv", import.meta.url));

test("a shop's afternoon, late and repeated as networks have it: every profile is as the engine alone has it", async () => {
  const { distinct, people, plan, sent, comparison } = await replay({ file: SAMPLE });
  expect(comparison.mismatches).toEqual([]);
  expect(comparison.entries).toBe(distinct);
  expect(people).toBe(40);
  expect(sent).toEqual({ rejected: [], moved: 0 });
  expect(plan.late).toBeGreaterThan(0);
  expect(plan.atOnce).toBeGreaterThan(0);
  expect(plan.repeated).toBeGreaterThan(plan.atOnce);
  expect(comparison.members.size).toBeGreaterThan(5);
  expect(comparison.hourAfter?.exited).toBeGreaterThan(0);
});
