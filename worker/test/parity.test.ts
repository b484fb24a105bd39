import { env, runInDurableObject } from "cloudflare:test";
import { compile } from "@murmur/core";
import { describe, expect, test } from "vitest";
import { parityCases } from "../../test/parity/parity-cases.ts";
import { ProfileKeeper } from "../src/profile/profile-keeper.ts";
import { sqliteLogStore } from "../src/profile/sqlite-log-store.ts";

// The same cases run on the engine alone (packages/core) and in Chromium (packages/browser).
describe("the edge: Durable Object SQLite and engine, in workerd", () => {
  test.each(parityCases)(
    "%s, the object evicted at every step",
    async (name, { definition, steps, expected }) => {
      const stub = env.PROFILE.get(env.PROFILE.idFromName(`parity:${name}`));
      await runInDurableObject(stub, (_object, state) => {
        const store = sqliteLogStore(state.storage);
        const transitions = steps.flatMap(({ now, entry }) => {
          if (entry) store.add(entry, "device");
          return new ProfileKeeper(compile(definition), store).catchUp(now);
        });
        const segments = new ProfileKeeper(compile(definition), store).stored().segments;
        expect({ transitions, segments }).toEqual(expected);
        expect(store.transitions(1_000)).toEqual(expected.transitions);
      });
    },
  );
});
