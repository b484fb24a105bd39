import { expectTypeOf, test } from "vitest";
import type { z } from "zod";
import type { SequenceCondition, TrendCondition } from "../../src/definition/condition.ts";
import type { Definition, OwnMeasure, Selector } from "../../src/index.ts";
import type { definitionSchema, measureSchema, selectorSchema } from "../../src/schema/index.ts";
import type { sequenceSchema, trendSchema } from "../../src/schema/pattern-schema.ts";

/** A type without the difference between lists that may be changed and those that may not. */
type Thawed<T> = T extends readonly [infer First, infer Second]
  ? [Thawed<First>, Thawed<Second>]
  : T extends readonly (infer Element)[]
    ? Thawed<Element>[]
    : T extends object
      ? { -readonly [Key in keyof T]: Thawed<T[Key]> }
      : T;

test("J4 what the schema takes is a Definition, and a Definition is what the schema takes", () => {
  expectTypeOf<z.infer<typeof definitionSchema>>().toExtend<Definition>();
  expectTypeOf<Thawed<Definition>>().toExtend<Thawed<z.infer<typeof definitionSchema>>>();
});

test("J4 its parts agree too", () => {
  expectTypeOf<z.infer<typeof selectorSchema>>().toExtend<Selector>();
  expectTypeOf<Thawed<Selector>>().toExtend<z.infer<typeof selectorSchema>>();
  expectTypeOf<z.infer<typeof measureSchema>>().toExtend<OwnMeasure>();
  expectTypeOf<Thawed<OwnMeasure>>().toExtend<z.infer<typeof measureSchema>>();
  expectTypeOf<z.infer<typeof sequenceSchema>>().toExtend<SequenceCondition>();
  expectTypeOf<z.infer<typeof trendSchema>>().toExtend<TrendCondition>();
});
