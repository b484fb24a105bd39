import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { checkDefinition } from "../../src/index.ts";
import { definitionSchema } from "../../src/schema/index.ts";
import { definition } from "../kit/arbitraries.ts";
import { ACCEPTED, CHECKER_ALONE, REFUSED_SEGMENTS, REFUSED_WHOLES } from "./cases.ts";

const accepts = (value: unknown): boolean => definitionSchema.safeParse(value).success;
const ofSegment = (when: unknown): unknown => ({ segments: { s: when } });

describe("the schema of a definition", () => {
  test("J1 accepts what the check accepts", { timeout: 20_000 }, () => {
    fc.assert(
      fc.property(definition, (value) => {
        expect(checkDefinition(value)).toEqual([]);
        expect(definitionSchema.safeParse(value).error?.issues ?? []).toEqual([]);
      }),
      { numRuns: 300 },
    );
  });

  test.for(ACCEPTED)("J1 accepts %j, as the check does", (value) => {
    expect(checkDefinition(value)).toEqual([]);
    expect(definitionSchema.safeParse(value).error?.issues ?? []).toEqual([]);
  });

  test.for(REFUSED_SEGMENTS)("J1 refuses the segment %j, as the check does", (when) => {
    expect(checkDefinition(ofSegment(when))).not.toEqual([]);
    expect(accepts(ofSegment(when))).toBe(false);
    expect(accepts(ofSegment({ when }))).toBe(false);
    expect(accepts(ofSegment({ all: [{ not: when }] }))).toBe(false);
  });

  test.for(REFUSED_WHOLES)("J1 refuses %j, as the check does", (value) => {
    expect(checkDefinition(value)).not.toEqual([]);
    expect(accepts(value)).toBe(false);
  });

  test.for(CHECKER_ALONE)("J2 leaves to the check: %s", ([, value]) => {
    expect(checkDefinition(value)).not.toEqual([]);
    expect(accepts(value)).toBe(true);
  });

  test("J3 gives back what it was given", () => {
    for (const value of ACCEPTED) expect(definitionSchema.parse(value)).toEqual(value);
  });

  test("J3 leaves out what is named __proto__", () => {
    const value: unknown = JSON.parse('{ "segments": { "__proto__": { "all": [] }, "s": { "any": [] } } }');
    expect(checkDefinition(value)).toEqual([]);
    expect(Object.keys(definitionSchema.parse(value).segments)).toEqual(["s"]);
  });
});
