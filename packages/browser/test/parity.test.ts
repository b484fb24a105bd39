import {
  compile,
  decideSlots,
  definitionHash,
  type Entry,
  type DeviceProfile,
  type Transition,
} from "@murmur/core";
import { describe, expect, test } from "vitest";
import { filterAnswers, refusals, seen, visitAnswers } from "../../core/vectors/answers.ts";
import { filterVectors, refusalVectors, timelines, visitVectors } from "../../core/vectors/vectors.ts";
import { Engine } from "../src/device/engine.ts";
import { DeviceLog, type Draft } from "../src/log/device-log.ts";
import { indexedDbStore } from "../src/log/indexed-db-store.ts";

const META = { device: "d", generation: 0, shift: 0, delivered: 0, cursor: 0 };

function draftOf({ timestamp, ...rest }: Entry): Draft {
  return { ...rest, at: timestamp } as Draft;
}

const core = { compile, decideSlots };

// The same vectors run on the engine alone (packages/core) and in workerd (worker).
describe("the device: IndexedDB and engine, in Chromium", () => {
  test.each(timelines)("%s, a new page at every step", async (_title, { definition, steps, expected }) => {
    const log = new DeviceLog(indexedDbStore(`parity-${crypto.randomUUID()}`), META);
    const manifest = { hash: definitionHash(definition), definition };
    const transitions: Transition[] = [];
    let last: DeviceProfile | undefined;
    for (const { now, entry, expected: then } of steps) {
      // As a page does that is opened, sees one thing happen, and is closed.
      const { saved, rows } = await log.open();
      let at = saved?.snapshot.clock ?? now;
      const engine = new Engine({
        rows: () => log.rowsAfter(0),
        now: () => at,
        onChange: (changes) => transitions.push(...changes),
      });
      await engine.allow(true);
      await engine.start(manifest, saved, rows);
      const news = entry && (await log.append(draftOf(entry), engine.seen));
      // Only now, so that no timer comes between the instant and what happens at it.
      at = now;
      if (news) await engine.feed(news.rows);
      else engine.wake();
      last = engine.profile;
      if (then) expect(seen(last, then)).toEqual(then);
      await log.saveProfile({ device: "d", generation: 0, ...engine.save()! });
      engine.stop();
    }
    expect({ transitions, ...seen(last, expected) }).toEqual(expected);
  });

  test.each(filterVectors)("%s", (_title, vector) => {
    expect(filterAnswers(core, vector)).toEqual(vector.filters);
  });

  test.each(visitVectors)("%s", (_title, vector) => {
    expect(visitAnswers(core, vector)).toEqual(vector.visits);
  });

  test.each(refusalVectors)("%s", (_title, vector) => {
    expect(refusals(core, vector)).toEqual(vector.refused);
  });
});
