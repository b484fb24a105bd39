import { describe, expect, test } from "vitest";
import { compareEntries } from "../src/index.ts";

describe("E3 the order of entries", () => {
  test.for<[number, string, number, string]>([
    [1, "b", 2, "a"],
    [-2, "a", -1, "a"],
    [1, "a", 1, "b"],
    [1, "a", 1, "aa"],
    [1, "B", 1, "a"],
    [1, "10", 1, "9"],
    [1, "\u{1F600}", 1, "\uFF21"],
  ])("has %d %s before %d %s", ([timestamp, id, laterTimestamp, laterId]) => {
    const [earlier, later] = [
      { timestamp, id },
      { timestamp: laterTimestamp, id: laterId },
    ];
    expect(compareEntries(earlier, later)).toBeLessThan(0);
    expect(compareEntries(later, earlier)).toBeGreaterThan(0);
  });

  test("has two of the same place side by side", () => {
    expect(compareEntries({ timestamp: 1, id: "a" }, { timestamp: 1, id: "a" })).toBe(0);
  });
});
