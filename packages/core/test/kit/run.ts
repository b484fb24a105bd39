import { expect } from "vitest";
import {
  compile,
  decide,
  type Context,
  type Definition,
  type Entry,
  type Explanation,
  type Measure,
  type Profile,
  type Program,
  type Snapshot,
  type Transition,
} from "../../src/index.ts";
import { CONTEXTS } from "./arbitraries.ts";
import { visitAt } from "./oracle-measures.ts";
import { difference, Oracle } from "./oracle.ts";
import type { Step } from "./steps.ts";

/** A definition and what is done to a profile under it: what a property generates, and a regression keeps. */
export interface Run {
  definition: Definition;
  steps: Step[];
}

/** Gives an entry to a profile. */
export function take(profile: Profile, entry: Entry): Transition[] {
  return entry.type === "event" ? profile.record(entry) : profile.identify(entry);
}

/** The profile that a snapshot restores to after its way through JSON text. */
export function restored(program: Program, profile: Profile): Profile {
  return program.profile(JSON.parse(JSON.stringify(profile.snapshot())) as Snapshot);
}

/** Does every step to a profile, and holds all that can be seen of it against the oracle after each. */
export function checkRun({ definition, steps }: Run): void {
  const program = compile(definition);
  const oracle = new Oracle(definition);
  let profile = program.profile();
  for (const step of steps) {
    const { clock } = profile;
    const before = profile.segments();
    const wanted = expectedTransitions(oracle, clock, step);
    if (step.do === "restore") profile = restored(program, profile);
    const transitions = doStep(profile, oracle, step);
    if (profile.needsReplay) {
      expect(isLate(step, clock)).toBe(true);
      // The need outlives a snapshot; and what was said meanwhile is put right at the clock.
      if (oracle.log.length % 2 === 0) profile = restored(program, profile);
      transitions.push(...replayed(profile, oracle.log));
      expect(difference(before, membersAfter(before, transitions), clock!)).toEqual(wanted);
    } else {
      expect(transitions).toEqual(wanted);
    }
    if (profile.clock !== undefined) checkProfile(program, profile, oracle, profile.clock);
  }
}

/** Hands its log to a profile that asks for it, as its host has to. */
export function replayed(profile: Profile, log: readonly Entry[]): Transition[] {
  const transitions = profile.replay(log);
  expect(profile.needsReplay).toBe(false);
  return transitions;
}

function isLate(step: Step, clock: number | undefined): boolean {
  return step.do === "take" && clock !== undefined && step.entry.timestamp <= clock;
}

/** The memberships to which transitions lead. */
function membersAfter(before: readonly string[], transitions: readonly Transition[]): string[] {
  const members = new Set(before);
  for (const { segment, change } of transitions) {
    expect(members.has(segment)).toBe(change === "exited");
    if (change === "entered") members.add(segment);
    else members.delete(segment);
  }
  return [...members].sort();
}

function doStep(profile: Profile, oracle: Oracle, step: Step): Transition[] {
  if (step.do === "take") return take(profile, step.entry);
  if (step.do === "advance") return profile.advance(step.now);
  if (step.do === "replay") return profile.replay(shuffled(oracle.log, step.rotate));
  return [];
}

/** Adds the step's entry to the oracle's log; returns what has to come of the step. */
function expectedTransitions(oracle: Oracle, clock: number | undefined, step: Step): Transition[] {
  if (step.do === "restore" || step.do === "replay") return [];
  const instant = step.do === "take" ? step.entry.timestamp : step.now;
  const before = clock === undefined ? [] : oracle.members(clock);
  if (step.do === "take") oracle.add(step.entry);
  if (clock === undefined || instant > clock) return oracle.transitions(clock, instant);
  return difference(before, oracle.members(clock), clock);
}

/** The log in another order, its first half twice: the second time with another content, which must not count. */
function shuffled(log: readonly Entry[], rotate: number): Entry[] {
  const at = log.length === 0 ? 0 : rotate % log.length;
  const repeated = log
    .slice(0, Math.ceil(log.length / 2))
    .map((entry): Entry =>
      entry.type === "event"
        ? { ...entry, name: "Signed In", properties: {} }
        : { ...entry, traits: { tier: "vip" } },
    );
  return [...log.slice(at), ...log.slice(0, at), ...repeated];
}

function checkProfile(program: Program, profile: Profile, oracle: Oracle, clock: number): void {
  const { measures = {}, segments } = oracle.definition;
  expect(profile.segments()).toEqual(oracle.members(clock));
  for (const context of CONTEXTS) expect(profile.segments(context)).toEqual(oracle.members(clock, context));
  for (const [name, measure] of Object.entries(measures)) {
    expect(profile.measure(name)).toBe(oracle.measure(measure, clock));
  }
  checkNextChange(profile, oracle, clock);
  const [context] = CONTEXTS;
  const visit = visitAt(context!, clock);
  for (const id of Object.keys(segments))
    checkExplanation(profile.explain(id, context)!, oracle, clock, visit);
  const decisions = decide(program, profile, { context });
  for (const [name, { variants }] of Object.entries(oracle.definition.slots ?? {})) {
    const shown = variants.find(({ when }) => oracle.isTrue(when, clock, visit));
    expect(decisions[name]?.variant).toBe(shown?.id);
  }
}

/** May be early, never late. */
function checkNextChange(profile: Profile, oracle: Oracle, clock: number): void {
  const next = profile.nextChange() ?? Infinity;
  expect(next).toBeGreaterThan(clock);
  expect(next).toBeLessThanOrEqual(oracle.nextOther(clock, (at) => oracle.members(at)) ?? Infinity);
}

function checkExplanation(explanation: Explanation, oracle: Oracle, clock: number, visit: Context): void {
  const { condition, result, until, value, atLeast, of = [] } = explanation;
  expect(result).toBe(oracle.isTrue(condition, clock, visit));
  expect(until).toBe(oracle.nextOther(clock, (at) => oracle.isTrue(condition, at, visit)));
  expect(of.map((part) => part.condition)).toEqual(oracle.parts(condition));
  if (explanation.wanted) {
    const measured = oracle.measure(condition as Measure, clock);
    if (atLeast) expect(measured).toBeGreaterThanOrEqual(value as number);
    else expect(value).toBe(measured);
  }
  for (const part of of) checkExplanation(part, oracle, clock, visit);
}
