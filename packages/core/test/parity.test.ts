import { describe, expect, test } from "vitest";
import { parityCases } from "../../../test/parity/parity-cases.ts";
import { compile } from "../src/index.ts";

// The same cases run in Chromium (packages/browser) and in workerd (worker).
describe("the engine alone", () => {
  test.each(parityCases)("%s", (_name, { definition, steps, expected }) => {
    const profile = compile(definition).profile();
    const transitions = steps.flatMap(({ now, entry }) => [
      ...(entry === undefined
        ? []
        : entry.type === "event"
          ? profile.record(entry)
          : profile.identify(entry)),
      ...profile.advance(now),
    ]);
    expect({ transitions, segments: profile.segments() }).toEqual(expected);
  });
});
