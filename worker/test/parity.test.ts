import { env, runInDurableObject } from "cloudflare:test";
import { compile, decide } from "@murmur/core";
import { describe, expect, test } from "vitest";
import {
  decisionAnswers,
  filterAnswers,
  refusals,
  seen,
  visitAnswers,
} from "../../packages/core/vectors/answers.ts";
import {
  decisionVectors,
  filterVectors,
  refusalVectors,
  timelines,
  visitVectors,
} from "../../packages/core/vectors/vectors.ts";
import { ProfileKeeper } from "../src/profile/profile-keeper.ts";
import { storedState } from "../src/profile/saved-profile.ts";
import { sqliteLogStore } from "../src/profile/sqlite-log-store.ts";

const core = { compile, decide };

// The same vectors run on the engine alone (packages/core) and in Chromium (packages/browser).
describe("the edge: Durable Object SQLite and engine, in workerd", () => {
  test.each(timelines)(
    "%s, the object evicted at every step",
    async (title, { definition, steps, expected }) => {
      const stub = env.PROFILE.get(env.PROFILE.idFromName(`parity:${title}`));
      await runInDurableObject(stub, (_object, state) => {
        const store = sqliteLogStore(state.storage);
        const program = compile(definition);
        let keeper = new ProfileKeeper(program, store);
        const transitions = steps.flatMap(({ now, entry, expected: then }) => {
          if (entry) store.add(entry, "device");
          keeper = new ProfileKeeper(program, store);
          const made = keeper.catchUp(now);
          if (then) expect(seen(keeper.profile, then)).toEqual(then);
          return made;
        });
        expect({ transitions, ...seen(keeper.profile, expected) }).toEqual(expected);
        expect(storedState(store, program).segments).toEqual(expected.segments);
        expect(store.transitions(1_000)).toEqual(expected.transitions);
      });
    },
  );

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
});
