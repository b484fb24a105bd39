import { compile, decide, manifestOf, type load as Load, type Manifest } from "@murmur/core";
import { expect, test } from "vitest";
import { decisionAnswers, filterAnswers, seen, visitAnswers } from "../packages/core/vectors/answers.ts";
import { decisionVectors, filterVectors, timelines, visitVectors } from "../packages/core/vectors/vectors.ts";
import { engineBytes } from "./kit/engine-bytes.ts";

// A name that the minifier shortens, and that a plan or a snapshot also has, would be missed here.
const code = await engineBytes();
const { load } = (await import(`data:text/javascript;base64,${code.toString("base64")}`)) as {
  load: typeof Load;
};

/** A definition on its way to a device and to life there, in the minified engine. */
function loaded(definition: unknown): ReturnType<typeof Load> {
  const manifest = manifestOf(compile(definition).definition);
  return load(JSON.parse(JSON.stringify(manifest)) as Manifest);
}

const core = { compile: loaded as unknown as typeof compile, decide };

test.each(timelines)("minified: %s", (_title, { definition, steps, expected }) => {
  const program = loaded(definition);
  let profile = program.profile();
  const log: NonNullable<(typeof steps)[number]["entry"]>[] = [];
  const transitions = steps.flatMap(({ now, entry }) => {
    profile = program.profile(JSON.parse(JSON.stringify(profile.snapshot())));
    const isNew = entry && !log.some(({ id }) => id === entry.id);
    if (isNew) log.push(entry);
    const made = isNew ? (entry.type === "event" ? profile.record(entry) : profile.identify(entry)) : [];
    if (profile.needsReplay) made.push(...profile.replay(log));
    return profile.clock === undefined ? made : [...made, ...profile.advance(now)];
  });
  expect({ transitions, ...seen(profile, expected) }).toEqual(expected);
});

test.each(filterVectors)("minified: %s", (_title, vector) => {
  expect(filterAnswers(core, vector)).toEqual(vector.filters);
});

test.each(visitVectors)("minified: %s", (_title, vector) => {
  expect(visitAnswers(core, vector)).toEqual(vector.visits);
});

test.each(decisionVectors)("minified: %s", (_title, vector) => {
  expect(decisionAnswers(core, vector)).toEqual(vector.decisions);
});
