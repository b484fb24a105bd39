import { expect, test } from "vitest";
import { compareEntries, compile, decide, type Entry, type Profile } from "../src/index.ts";
import { decisionAnswers, filterAnswers, refusals, seen, visitAnswers } from "../vectors/answers.ts";
import {
  decisionVectors,
  filterVectors,
  refusalVectors,
  timelines,
  visitVectors,
} from "../vectors/vectors.ts";
import { take } from "./kit/run.ts";

const core = { compile, decide };

// The same vectors run in Chromium (packages/browser) and in workerd (worker).
test.each(timelines)("%s", (_title, { definition, steps, expected }) => {
  const program = compile(definition);
  const log: Entry[] = [];
  const profile = program.profile();
  const transitions = steps.flatMap(({ now, entry, expected: then }) => {
    const isNew = entry && !log.some(({ id }) => id === entry.id);
    const made = isNew ? record(profile, log, entry) : [];
    if (profile.clock !== undefined) made.push(...profile.advance(now));
    if (then) expect(seen(profile, then)).toEqual(then);
    return made;
  });
  expect({ transitions, ...seen(profile, expected) }).toEqual(expected);

  const replayed = program.profile();
  if (profile.clock !== undefined) replayed.advance(profile.clock);
  replayed.replay(log.toSorted(compareEntries).reverse());
  expect(replayed.segments()).toEqual(expected.segments);
});

test.each(filterVectors)("%s", (_title, vector) => {
  expect(filterAnswers(core, vector)).toEqual(vector.filters);
});

test.each(visitVectors)("%s", (_title, vector) => {
  expect(visitAnswers(core, vector)).toEqual(vector.visits);
});

test.each(decisionVectors)("%s", (_title, vector) => {
  expect(decisionAnswers(core, vector)).toEqual(vector.decisions);
});

test.each(refusalVectors)("%s", (_title, vector) => {
  expect(refusals(core, vector)).toEqual(vector.refused);
});

/** As a host does: the entry joins the log, which is handed over where only it can place the entry. */
function record(profile: Profile, log: Entry[], entry: Entry): ReturnType<Profile["record"]> {
  log.push(entry);
  const transitions = take(profile, entry);
  return profile.needsReplay ? [...transitions, ...profile.replay(log)] : transitions;
}
