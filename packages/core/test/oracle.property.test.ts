import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { compile, type Definition, type Entry, type Profile } from "../src/index.ts";
import { definition } from "./kit/arbitraries.ts";
import { Oracle } from "./kit/oracle.ts";
import { checkRun, replayed, restored, take } from "./kit/run.ts";
import { LATER, log, steps } from "./kit/steps.ts";

/** More of them: MURMUR_RUNS=10000 vitest run --project core. */
const numRuns = Number(process.env["MURMUR_RUNS"] ?? 1_000);
const timeout = Math.max(20_000, numRuns * 100);

/** Takes entries as they come; the log is handed over where it is asked for. */
function takeAll(profile: Profile, entries: readonly Entry[], log: readonly Entry[] = entries): void {
  for (const entry of entries) take(profile, entry);
  if (profile.needsReplay) replayed(profile, log);
}

/** What a profile shows at the same instant, however it got there. */
function shown(profile: Profile, { measures = {}, segments }: Definition): unknown {
  return {
    segments: profile.segments(),
    measures: Object.keys(measures).map((name) => profile.measure(name)),
    explanations: Object.keys(segments).map((id) => profile.explain(id)),
  };
}

function end(entries: readonly Entry[]): number {
  return Math.max(...entries.map(({ timestamp }) => timestamp));
}

describe("any definition, any log", () => {
  test("E4 C4 C5 C8 L1 P4 P6 P9 P10 is at every step what the oracle says", { timeout }, () => {
    fc.assert(
      fc.property(fc.record({ definition, steps }), (run) => checkRun(run)),
      // Half as many: each of them looks at everything after each of its steps.
      { numRuns: Math.ceil(numRuns / 2) },
    );
  });

  test("C5 yields the same transitions in one advance, in many, and by the oracle", { timeout }, () => {
    const stops = fc.array(fc.oneof(fc.nat(1_100), fc.nat(LATER)), { maxLength: 12 });
    fc.assert(
      fc.property(definition, log, stops, (written, entries, ms) => {
        const program = compile(written);
        const [once, often] = [program.profile(), program.profile()];
        const oracle = new Oracle(written);
        for (const profile of [once, often]) takeAll(profile, entries);
        for (const entry of entries) oracle.add(entry);
        const from = end(entries);
        const inOne = once.advance(from + LATER);
        const inMany = [...ms.sort((a, b) => a - b), LATER].flatMap((step) => often.advance(from + step));
        expect(inOne).toEqual(oracle.transitions(from, from + LATER));
        expect(inMany).toEqual(inOne);
      }),
      { numRuns },
    );
  });

  test("E4 P4 is the same in the end in whatever order and grouping it was delivered", { timeout }, () => {
    const delivery = log.chain((entries) =>
      fc.record({
        entries: fc.constant(entries),
        order: fc.shuffledSubarray(entries, { minLength: entries.length }),
        grouped: fc.nat(entries.length),
        idle: fc.constantFrom(0, 1, 4, 10, 1_000, 1_800_000),
      }),
    );
    fc.assert(
      fc.property(definition, delivery, (written, { entries, order, grouped, idle }) => {
        const program = compile(written);
        const oracle = new Oracle(written);
        const profiles = [program.profile(), program.profile(), program.profile()] as const;
        for (const entry of entries) oracle.add(entry);
        takeAll(profiles[0], entries);
        takeAll(profiles[1], order);
        profiles[2].replay(order.slice(0, grouped));
        takeAll(profiles[2], order.slice(grouped), order);
        const now = end(entries) + idle;
        for (const profile of profiles) profile.advance(now);
        expect(profiles[0].segments()).toEqual(oracle.members(now));
        expect(shown(profiles[1], written)).toEqual(shown(profiles[0], written));
        expect(shown(profiles[2], written)).toEqual(shown(profiles[0], written));
      }),
      { numRuns },
    );
  });

  test("P6 behaves the same ever after when it is saved and restored", { timeout }, () => {
    fc.assert(
      fc.property(definition, log, fc.nat(14), (written, entries, saved) => {
        const program = compile(written);
        const profile = program.profile();
        for (const entry of entries.slice(0, saved)) take(profile, entry);
        const copy = restored(program, profile);
        expect(copy.snapshot()).toEqual(profile.snapshot());
        for (const entry of entries.slice(saved)) {
          expect(take(copy, entry)).toEqual(take(profile, entry));
          expect(copy.nextChange()).toBe(profile.nextChange());
          expect(copy.needsReplay).toBe(profile.needsReplay);
        }
        const now = end(entries) + LATER;
        expect(copy.advance(now)).toEqual(profile.advance(now));
        expect(shown(copy, written)).toEqual(shown(profile, written));
        expect(copy.snapshot()).toEqual(profile.snapshot());
      }),
      { numRuns },
    );
  });

  test(
    "P17 is the same made of a snapshot of its oldest part and the rest, woken or new",
    { timeout },
    () => {
      fc.assert(
        fc.property(definition, log, fc.nat(14), fc.nat(3), (written, entries, cut, later) => {
          const program = compile(written);
          const whole = program.profile();
          whole.replay(entries);
          const upTo =
            Math.min(...entries.slice(cut).map(({ timestamp }) => timestamp), end(entries)) + later;
          const oldest = program.profile();
          oldest.replay(entries.filter(({ timestamp }) => timestamp <= upTo));
          oldest.advance(upTo);
          const base = oldest.snapshot();
          const [made, woken] = [program.profile(), program.profile()];
          made.replay(entries.toReversed(), base);
          takeAll(woken, entries);
          woken.replay(
            entries.filter(({ timestamp }) => timestamp > upTo),
            base,
          );
          const now = end(entries) + LATER;
          for (const profile of [whole, made, woken]) profile.advance(now);
          expect(shown(made, written)).toEqual(shown(whole, written));
          expect(shown(woken, written)).toEqual(shown(whole, written));
        }),
        { numRuns },
      );
    },
  );
});
