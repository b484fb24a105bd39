import { describe, expect, test } from "vitest";
import { issuesOf } from "./kit/issues.ts";

const slots = {
  hero: { variants: [] },
  edge: { variants: [], evaluate: "edge" },
  device: { variants: [], evaluate: "device" },
};
const variants = [{ id: "a" }, { id: "b" }];

describe("A11 D1 D3 an experiment that is wrong", () => {
  test.for<[unknown, string, string]>([
    [5, "", "must be an object"],
    [{ slot: "hero" }, ".variants", "must be a list"],
    [{ slot: "hero", variants: [{ id: "a" }] }, ".variants", "two or more"],
    [{ slot: "heroo", variants }, ".slot", 'did you mean "hero"?'],
    [{ slot: "__proto__", variants }, ".slot", "unknown slot"],
    [{ variants }, ".slot", "unknown slot missing"],
    [{ slot: "hero", variants, wieght: 1 }, ".wieght", "unknown key"],
    [{ slot: "hero", variants, name: 5 }, ".name", "must be a string"],
    [
      { slot: "hero", variants: [{ id: "a" }, { id: "a" }] },
      ".variants[1].id",
      "stands twice in this experiment",
    ],
    [{ slot: "hero", variants: [{ id: "a" }, { id: "holdout" }] }, ".variants[1].id", "held out"],
    [{ slot: "hero", variants: [{ id: "a" }, { id: "" }] }, ".variants[1].id", "must be a string"],
    [{ slot: "hero", variants: [{ id: "a" }, 5] }, ".variants[1]", "must be an object"],
    [{ slot: "hero", variants: [{ id: "a" }, { id: "b", when: {} }] }, ".variants[1].when", "unknown key"],
    [
      { slot: "hero", variants: [{ id: "a" }, { id: "b", content: 5 }] },
      ".variants[1].content",
      "must be an object",
    ],
    [
      { slot: "hero", variants: [{ id: "a", weight: 1 }, { id: "b" }] },
      ".variants",
      "on all variants or on none",
    ],
    [{ slot: "hero", variants: weighted(0.5, 0.4) }, ".variants", "must come to 1"],
    [{ slot: "hero", variants: weighted(1.5, -0.5) }, ".variants[0].weight", "from 0 to 1"],
    [{ slot: "hero", variants, goal: {} }, ".goal.event", "must be an event name"],
    [{ slot: "hero", variants, goal: { event: "x", vlaue: "y" } }, ".goal.vlaue", 'did you mean "value"?'],
    [{ slot: "hero", variants, goal: { event: "x", value: "" } }, ".goal.value", "must be a path"],
    [{ slot: "hero", variants, goal: { event: "x", within: 5 } }, ".goal.within", "must be a duration"],
    [{ slot: "hero", variants, goal: { event: "x", where: { $foo: 1 } } }, ".goal.where.$foo", ""],
    [{ slot: "hero", variants, goal: "x" }, ".goal", "must be an object"],
    [{ slot: "hero", variants, holdout: 1 }, ".holdout", "below 1"],
    [{ slot: "hero", variants, holdout: "5%" }, ".holdout", "from 0 to 1"],
    [{ slot: "hero", variants, coverage: 2 }, ".coverage", "from 0 to 1"],
    [{ slot: "hero", variants, allocation: "thompson" }, ".allocation", "must be one of fixed, bandit"],
    [{ slot: "hero", variants, status: "on" }, ".status", "must be one of draft, running, stopped"],
    [{ slot: "hero", variants, seed: "" }, ".seed", "must be a string"],
    [{ slot: "hero", variants, hashVersion: 1 }, ".hashVersion", "must be 2"],
    [{ slot: "hero", variants, schedule: { from: "now" } }, ".schedule.from", "must be an instant"],
    [{ slot: "hero", variants, group: "g" }, ".group", "must be an object"],
    [{ slot: "hero", variants, group: { range: [0, 1] } }, ".group.name", "must be a string"],
    [{ slot: "hero", variants, group: { name: "g" } }, ".group.range", "list of two"],
    [{ slot: "hero", variants, group: { name: "g", range: [0.5, 0.5] } }, ".group.range", "holds nobody"],
    [{ slot: "hero", variants, group: { name: "g", range: [0, 2] } }, ".group.range[1]", "from 0 to 1"],
    [{ slot: "hero", variants, audience: { segment: "s" } }, ".audience.segment", "unknown segment"],
    [{ slot: "hero", variants, audience: {} }, ".audience", "no condition"],
    [
      { slot: "hero", variants: [{ id: "a" }, { id: "b", content: { a: "x".repeat(70_000) } }] },
      "",
      "split it",
    ],
  ])("A11 %j at %s", ([experiment, path, message]) => {
    const issues = issuesOf({ segments: {}, slots, experiments: { x: experiment } });
    expect(issues.map((issue) => issue.path)).toContain(`experiments.x${path}`);
    expect(issues.map((issue) => issue.message).join()).toContain(message);
  });
});

describe("A11 an experiment as a whole", () => {
  test("A11 D3 says all of it at once", () => {
    const x = { slot: "heroo", variants: [{ id: "holdout" }], holdout: 1, status: "on" };
    const issues = issuesOf({ segments: {}, slots, experiments: { x, "": { slot: "hero", variants } } });
    expect(issues.map(({ path }) => path)).toEqual([
      "experiments.x.slot",
      "experiments.x.variants",
      "experiments.x.variants[0].id",
      "experiments.x.holdout",
      "experiments.x.status",
      "experiments.",
    ]);
  });

  test("A11 takes what is right", () => {
    const x = {
      name: "n",
      description: "d",
      audience: { all: [] },
      slot: "hero",
      variants: weighted(0.333, 0.667),
      goal: { event: ["a", "b"], where: { x: 1 }, value: "total", within: "7d" },
      holdout: 0.05,
      coverage: 1,
      allocation: "bandit",
      seed: "s",
      hashVersion: 2,
      group: { name: "g", range: [0, 1] },
      status: "running",
      schedule: { from: 5 },
    };
    expect(issuesOf({ segments: {}, slots, experiments: { x, __proto__: x } })).toEqual([]);
  });

  test("A11 D9 D10 is evaluated where its slot is", () => {
    const segments = { s: { when: { all: [] }, evaluate: "edge" } };
    const audience = { segment: "s" };
    const issues = issuesOf({
      segments,
      slots,
      experiments: { x: { slot: "hero", variants, audience }, y: { slot: "edge", variants, audience } },
    });
    expect(issues.map(({ path }) => path)).toEqual(["experiments.x.audience.segment"]);
    const experiments = {
      x: { slot: "hero", variants, audience: { count: "Health Answered", gte: 1 } },
      y: { slot: "device", variants, audience: { count: "Health Answered", gte: 1 } },
    };
    const secret = issuesOf({ segments: {}, slots, private: ["Health Answered"], experiments });
    expect(secret).toEqual([
      {
        path: "experiments.x",
        message: 'reads "Health Answered", which is private: mark its slot "evaluate": "device"',
      },
    ]);
    const recorded = issuesOf({ segments: {}, slots, private: ["Experiment Viewed"], experiments });
    expect(recorded.map(({ path }) => path)).toEqual(["experiments.x"]);
  });

  test("A11 A8 a group is dealt at one place", () => {
    const group = { name: "g", range: [0, 0.5] };
    const experiments = {
      x: { slot: "hero", variants, group },
      y: { slot: "edge", variants, group },
      z: { slot: "device", variants, group: { name: "h", range: [0, 1] } },
    };
    expect(issuesOf({ segments: {}, slots, experiments }).map(({ path }) => path)).toEqual([
      "experiments.y.group",
    ]);
  });
});

function weighted(...weights: number[]): object[] {
  return weights.map((weight, at) => ({ id: "ab"[at], weight }));
}
