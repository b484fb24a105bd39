import { describe, expect, test } from "vitest";
import { verdictOf, type Contender } from "../src/experiments/verdict.ts";

const contender = (id: string, exposed: number, converted: number, mean?: number): Contender => ({
  id,
  arm: { exposed, converted },
  ...(mean !== undefined && { worth: { profiles: exposed, mean, variance: 100 } }),
});

describe("what converts", () => {
  test("wins against a control that nobody can convert by, and does not for a few", () => {
    expect(verdictOf([contender("none", 10_000, 0), contender("banner", 10_000, 500)])).toEqual({
      winner: "banner",
    });
    expect(verdictOf([contender("none", 100, 0), contender("banner", 100, 3)])).toEqual({
      winner: null,
      why: "undecided",
    });
    expect(verdictOf([contender("banner", 10_000, 500), contender("none", 10_000, 0)])).toEqual({
      winner: "banner",
    });
    expect(verdictOf([contender("none", 10_000, 0), contender("neither", 10_000, 0)])).toEqual({
      winner: null,
      why: "undecided",
    });
  });

  test.each([10, 0.1, 0, -5])(
    "and is worth %f per profile does not win where others are worth more",
    (mean) => {
      const more = [contender("control", 10_000, 500, 20), contender("bold", 10_000, 1_000, mean)];
      expect(verdictOf(more)).toEqual({ winner: null, why: "worth_less" });
      const less = [contender("control", 10_000, 500, mean - 10), contender("bold", 10_000, 1_000, mean)];
      expect(verdictOf(less)).toEqual({ winner: "bold" });
    },
  );
});
