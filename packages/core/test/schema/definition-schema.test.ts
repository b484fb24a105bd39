import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { checkDefinition } from "../../src/index.ts";
import { definitionSchema } from "../../src/schema/index.ts";
import { definition } from "../kit/arbitraries.ts";
import { ACCEPTED, CHECKER_ALONE, REFUSED_SEGMENTS, REFUSED_WHOLES } from "./cases.ts";

const accepts = (value: unknown): boolean => definitionSchema.safeParse(value).success;
const ofSegment = (when: unknown): unknown => ({ segments: { s: when } });

describe("the schema of a definition", () => {
  test("accepts what the check accepts", () => {
    fc.assert(
      fc.property(definition, (value) => {
        expect(checkDefinition(value)).toEqual([]);
        expect(definitionSchema.safeParse(value).error?.issues ?? []).toEqual([]);
      }),
      { numRuns: 300 },
    );
  });

  test.for(ACCEPTED)("accepts %j, as the check does", (value) => {
    expect(checkDefinition(value)).toEqual([]);
    expect(definitionSchema.safeParse(value).error?.issues ?? []).toEqual([]);
  });

  test.for(REFUSED_SEGMENTS)("refuses the segment %j, as the check does", (when) => {
    expect(checkDefinition(ofSegment(when))).not.toEqual([]);
    expect(accepts(ofSegment(when))).toBe(false);
    expect(accepts(ofSegment({ when }))).toBe(false);
    expect(accepts(ofSegment({ all: [{ not: when }] }))).toBe(false);
  });

  test.for(REFUSED_WHOLES)("refuses %j, as the check does", (value) => {
    expect(checkDefinition(value)).not.toEqual([]);
    expect(accepts(value)).toBe(false);
  });

  test.for(CHECKER_ALONE)("leaves to the check: %s", ([, value]) => {
    expect(checkDefinition(value)).not.toEqual([]);
    expect(accepts(value)).toBe(true);
  });

  test("gives back what it was given", () => {
    for (const value of ACCEPTED) expect(definitionSchema.parse(value)).toEqual(value);
  });
});
