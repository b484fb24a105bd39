import fc from "fast-check";
import { describe, expect, test } from "vitest";
import {
  compareEntries,
  dryRun,
  parseDuration,
  type Condition,
  type Definition,
  type Duration,
  type Entry,
  type JourneyDefinition,
  type JourneyStep,
} from "../../src/index.ts";
import { Oracle } from "../kit/oracle.ts";
import { done } from "./kit.ts";
import { LiveProfile } from "./live.ts";

const END = 120;
/** More of them: MURMUR_RUNS=10000 vitest run --project core. */
const numRuns = Number(process.env["MURMUR_RUNS"] ?? 300);
const timeout = Math.max(60_000, numRuns * 200);

const NAMES = ["A", "B", "C"];
const name = fc.constantFrom(...NAMES);
const ms = fc.integer({ min: 1, max: 25 }).map((length): Duration => `${length}ms`);

const condition: fc.Arbitrary<Condition> = fc.oneof(
  fc.record({ count: name, within: ms, gte: fc.constantFrom(1, 2) }),
  fc.record({ sinceLast: name, gte: ms }),
  fc.record({ count: name, after: name, eq: fc.constant(0) }),
  name.map((count): Condition => ({ not: { count, gte: 1 } })),
  fc.constant<Condition>({ segment: "s" }),
);

const leaf: fc.Arbitrary<JourneyStep> = fc.oneof(
  { weight: 3, arbitrary: fc.record({ wait: ms }) },
  { weight: 2, arbitrary: fc.record({ wait: fc.record({ until: condition, atMost: ms }) }) },
  { weight: 3, arbitrary: fc.record({ webhook: fc.constantFrom("w1", "w2", "w3") }) },
  { weight: 1, arbitrary: fc.constant<JourneyStep>({ end: true }) },
);
/** What adds to the log itself, and what looks at its order to the letter. */
const acting: fc.Arbitrary<JourneyStep> = fc.oneof(
  leaf,
  fc.record({ event: name }),
  fc.record({ trait: fc.constantFrom({ tier: "vip" }, { tier: null }) }),
);
const ordered: fc.Arbitrary<Condition> = fc.oneof(
  condition,
  fc.record({ sequence: fc.array(name, { minLength: 2, maxLength: 3 }), within: ms }),
  fc.constant<Condition>({ trait: { tier: "vip" } }),
);

interface Parts {
  step: fc.Arbitrary<JourneyStep>;
  asked: fc.Arbitrary<Condition>;
}

const steps = ({ step, asked }: Parts, depth: number): fc.Arbitrary<JourneyStep[]> => {
  const below = depth === 0 ? undefined : steps({ step, asked }, depth - 1);
  const branching = below && fc.record({ if: asked, then: below, else: below });
  const either = branching
    ? fc.oneof({ weight: 4, arbitrary: step }, { weight: 1, arbitrary: branching })
    : step;
  return fc.array(either, { minLength: 1, maxLength: 4 });
};

const journey = (parts: Parts): fc.Arbitrary<JourneyDefinition> =>
  fc.record(
    {
      enter: parts.asked,
      steps: steps(parts, 2),
      on: fc.constantFrom("enter" as const, "exit" as const),
      again: fc.constantFrom("never" as const, "always" as const, "after 15ms" as const),
      goal: name,
    },
    { requiredKeys: ["enter", "steps"] },
  );

const definition = (parts: Parts): fc.Arbitrary<Definition> =>
  fc.record({
    segments: fc.record({ s: parts.asked.filter((each) => !("segment" in each)) }),
    journeys: fc.record({ a: journey(parts), b: journey(parts) }),
  });

/** Ids that stand before and behind those of what journeys add. */
const log: fc.Arbitrary<Entry[]> = fc
  .array(fc.tuple(name, fc.integer({ min: 0, max: 80 }), fc.constantFrom("e", "z")), {
    minLength: 1,
    maxLength: 10,
  })
  .map((events) =>
    events.map(([event, timestamp, letter], at): Entry => ({
      type: "event",
      id: `${letter}${at}`,
      name: event,
      timestamp,
    })),
  );

type Done = [string, number][];

/** Word for word, millisecond by millisecond, with conditions computed anew from the whole log each time. */
function oracleOf(written: Definition, entries: readonly Entry[]): Done {
  const oracle = new Oracle(written);
  for (const entry of entries) oracle.add(entry);
  const first = Math.min(...entries.map(({ timestamp }) => timestamp));
  const all: Done = [];
  const states = Object.entries(written.journeys!).map(([id, each]) => ({
    id,
    each,
    held: false,
    last: undefined as number | undefined,
    run: undefined as { at: number; todo: Iterator<undefined, boolean> } | undefined,
  }));
  let t = first;
  /** Stays at a yield for a millisecond. Says whether the run has ended. */
  function* walk(list: readonly JourneyStep[]): Generator<undefined, boolean> {
    for (const step of list) {
      if ("end" in step) return true;
      if ("webhook" in step) all.push([`hook ${step.webhook}`, t]);
      if ("if" in step && (yield* walk(oracle.isTrue(step.if, t) ? step.then : step.else!))) return true;
      if (!("wait" in step)) continue;
      const { wait } = step;
      const until = t + parseDuration(typeof wait === "string" ? wait : wait.atMost)!;
      const isOver = (): boolean => t >= until || (typeof wait !== "string" && oracle.isTrue(wait.until, t));
      while (!isOver()) yield;
    }
    return false;
  }
  for (; t <= END; t++) {
    const holds = (asked: Condition): boolean => oracle.isTrue(asked, t);
    const reached = (goal: unknown): boolean =>
      entries.some((entry) => entry.type === "event" && entry.timestamp === t && entry.name === goal);
    for (const state of states)
      if (state.run && state.run.at < t && reached(state.each.goal)) state.run = undefined;
    for (const state of states) {
      const { each } = state;
      const now = holds(each.enter);
      const begins = now !== state.held && now === (each.on !== "exit");
      state.held = now;
      const again = each.again ?? "never";
      const pause = again === "always" ? 1 : again === "never" ? Infinity : parseDuration(again.slice(6))!;
      if (!begins || state.run || (state.last !== undefined && t < state.last + pause)) continue;
      state.last = t;
      state.run = { at: t, todo: walk(each.steps) };
    }
    for (const state of states) if (state.run?.todo.next().done) state.run = undefined;
  }
  return all;
}

describe("any journeys, any log", () => {
  test(
    "Y1 Y2 Y3 Y4 Y6 Y12 Y18 a dry run does what the oracle does, at the very milliseconds",
    { timeout },
    () => {
      fc.assert(
        fc.property(
          definition({ step: leaf, asked: condition }),
          log,
          fc.integer(),
          (written, entries, seed) => {
            const shuffled = [...entries, ...entries.slice(0, 3)].toSorted(
              (a, b) => ((a.timestamp * 31 + seed) % 7) - ((b.timestamp * 31 + seed) % 7),
            );
            const [run] = dryRun(written, [["customer:1", shuffled]], END);
            expect(done(run!)).toEqual(oracleOf(written, entries));
          },
        ),
        { numRuns },
      );
    },
  );

  test(
    "Y8 Y11 Y18 live, in any grouping, in any order within a group and repeated, it is what the dry run says",
    { timeout },
    () => {
      const cuts = fc.array(fc.integer({ min: 0, max: END }), { maxLength: 6 });
      fc.assert(
        fc.property(definition({ step: acting, asked: ordered }), log, cuts, (written, entries, stops) => {
          const live = new LiveProfile(written);
          const sorted = entries.toSorted(compareEntries);
          let from = -1;
          for (const stop of [...new Set(stops), END].sort((a, b) => a - b)) {
            const batch = sorted.filter(({ timestamp }) => timestamp > from && timestamp <= stop);
            const repeated = [
              ...batch.toReversed(),
              ...sorted.filter(({ timestamp }) => timestamp <= from),
              ...batch,
            ];
            live.call(repeated, stop);
            from = stop;
          }
          const [run] = dryRun(written, [["customer:1", entries]], END);
          expect(live.effects).toEqual(run!.effects);
          expect(live.running()).toEqual(run!.running.map(({ journey, path }) => `${journey} ${path}`));
        }),
        { numRuns },
      );
    },
  );
});
