import fc from "fast-check";
import { describe, expect, test } from "vitest";
import {
  compile,
  decide,
  nextDecision,
  type Definition,
  type EventEntry,
  type Profile,
  type Program,
} from "../src/index.ts";
import { decided, happenings, instants } from "./kit/arbitrary-decisions.ts";
import { DecisionOracle, type Shown } from "./kit/oracle-decisions.ts";
import { replayed, restored, take } from "./kit/run.ts";

/** More of them: MURMUR_RUNS=10000 vitest run --project core. */
const numRuns = Number(process.env["MURMUR_RUNS"] ?? 1_000);
const timeout = Math.max(20_000, numRuns * 100);

const UNITS = ["device-1", "device-2", "device-7", "device-8", undefined];

/** As it is here, by slot. */
function shownBy(program: Program, profile: Profile, unit: string | undefined): Record<string, Shown> {
  const decisions = Object.entries(decide(program, profile, { unit }));
  return Object.fromEntries(
    decisions.map(([name, { variant, experiment }]) => [
      name,
      { variant, ...(experiment && { experiment }) },
    ]),
  );
}

/** As it should be. */
function wanted(
  definition: Definition,
  log: readonly EventEntry[],
  t: number,
  unit: string | undefined,
): unknown {
  const oracle = new DecisionOracle(definition, log);
  const all = Object.keys(definition.slots!).map((name) => [name, oracle.decide(name, t, unit)] as const);
  return Object.fromEntries(all.filter(([, shown]) => shown));
}

describe("any slots and experiments, any log", () => {
  test("L1 L2 L6 L8 L9 A2 A3 A5 A6 A7 A8 A10 E4 show what the oracle says, in any order", { timeout }, () => {
    fc.assert(
      fc.property(decided, happenings, instants, (definition, log, times) => {
        const program = compile(definition);
        let profile = program.profile();
        for (const entry of log) take(profile, entry);
        if (profile.needsReplay) replayed(profile, log);
        const other = program.profile();
        // In another order, and half of it twice.
        other.replay([...log.toReversed(), ...log.slice(log.length / 2)]);
        for (const t of times) {
          for (const each of [profile, other]) each.advance(t);
          for (const unit of UNITS) {
            const shown = wanted(definition, log, t, unit);
            expect(shownBy(program, profile, unit)).toEqual(shown);
            expect(shownBy(program, other, unit)).toEqual(shown);
          }
          profile = restored(program, profile);
        }
      }),
      { numRuns },
    );
  });

  test("L9 L10 C8 change by time at nextChange or nextDecision, and never before", { timeout }, () => {
    fc.assert(
      fc.property(decided, happenings, (definition, log) => {
        const program = compile(definition);
        const profile = program.profile();
        profile.replay(log);
        for (let wakes = 0; wakes < 30; wakes++) {
          const next = Math.min(
            profile.nextChange() ?? Infinity,
            nextDecision(program, profile.clock!) ?? Infinity,
          );
          const until = Math.min(next, profile.clock! + 1e10);
          for (const unit of UNITS) {
            // Between, nothing does: at its beginning, at its end, and half way.
            for (const t of [profile.clock! + 1, until - 1, Math.floor((profile.clock! + until) / 2)]) {
              if (t >= until || t <= profile.clock!) continue;
              expect(wanted(definition, log, t, unit)).toEqual(shownBy(program, profile, unit));
            }
          }
          if (next === Infinity) break;
          profile.advance(next);
        }
      }),
      { numRuns: Math.ceil(numRuns / 4) },
    );
  });
});
