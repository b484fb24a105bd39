import { compile, decide, manifestOf, type DeviceProfile, type Transition } from "@murmur/core";
import { describe, expect, test } from "vitest";
import { decisionAnswers, filterAnswers, refusals, seen, visitAnswers } from "../../core/vectors/answers.ts";
import {
  decisionVectors,
  filterVectors,
  refusalVectors,
  timelines,
  visitVectors,
} from "../../core/vectors/vectors.ts";
import { Engine } from "../src/device/engine.ts";
import { add } from "../src/log/changes.ts";
import { freshMeta, type SavedProfile } from "../src/log/device-meta.ts";
import { indexedDbStore } from "../src/log/indexed-db-store.ts";

const core = { compile, decide };

// The same vectors run on the engine alone (packages/core) and in workerd (worker).
describe("the device: IndexedDB and engine, in Chromium", () => {
  test.each(timelines)("%s, a new page at every step", async (_title, { definition, steps, expected }) => {
    const store = indexedDbStore(`parity-${crypto.randomUUID()}`);
    const meta = freshMeta();
    const manifest = manifestOf(definition);
    const transitions: Transition[] = [];
    let last: DeviceProfile | undefined;
    for (const { now, entry, expected: then } of steps) {
      // As a page does that is opened, sees one thing happen, and is closed.
      const { saved, rows } = await store(async (transaction) => {
        const saved = await transaction.get<SavedProfile>("profile");
        return { saved, rows: await transaction.rowsAfter(saved?.n ?? 0) };
      });
      let at = saved?.snapshot.clock ?? now;
      const engine = new Engine({
        rows: () => store((transaction) => transaction.rowsAfter(0)),
        now: () => at,
        onChange: (changes) => engine.profile && transitions.push(...changes),
      });
      engine.allow(true);
      await engine.renew(manifest, saved, rows);
      const row = entry && (await store((transaction) => add(transaction, meta, { entry })));
      // Only now, so that no timer comes between the instant and what happens at it.
      at = now;
      if (row) await engine.feed([row]);
      else engine.wake();
      last = engine.profile;
      if (then) expect(seen(last, then)).toEqual(then);
      await store(async (transaction) => transaction.put("profile", engine.save()));
      // Nothing wakes it any more.
      engine.allow(false);
    }
    expect({ transitions, ...seen(last, expected) }).toEqual(expected);
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
});
