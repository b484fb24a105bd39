import type { Condition } from "../definition/condition.ts";
import type { Definition } from "../definition/definition.ts";

/** The ids of a definition's segments, as literal types. */
export type SegmentId<D extends Pick<Definition, "segments">> = keyof D["segments"] & string;

/** The names of a definition's measures, as literal types. */
export type MeasureName<D> = D extends { measures: infer Measures } ? keyof Measures & string : never;

/** The names of a definition's slots, as literal types. */
export type SlotName<D> = D extends { slots: infer Slots } ? keyof Slots & string : never;

/** A definition in which every condition names only segments and measures that the definition has. */
export type KnownNames<D extends Definition> = {
  segments: { [Id in keyof D["segments"]]: KnownIn<D["segments"][Id], SegmentId<D>, MeasureName<D>> };
} & (D extends { slots: infer Slots }
  ? { slots: { [Name in keyof Slots]: KnownIn<Slots[Name], SegmentId<D>, MeasureName<D>> } }
  : unknown) &
  (D extends { experiments: infer Experiments }
    ? { experiments: { [Id in keyof Experiments]: KnownIn<Experiments[Id], SegmentId<D>, MeasureName<D>> } }
    : unknown);

/** What stands at a place, with the names that are wrong there replaced by those that would be right. */
type KnownIn<Part, Segment extends string, Measure extends string> = Condition extends Part
  ? unknown // Any condition at all: which names it holds is not known.
  : Part extends { segment: infer Id }
    ? { segment: Id extends Segment ? Id : string extends Id ? Id : Segment }
    : Part extends { measure: infer Name }
      ? { measure: Name extends Measure ? Name : string extends Name ? Name : Measure }
      : {
          [Key in keyof Part]: Key extends "when" | "not" | "audience"
            ? KnownIn<Part[Key], Segment, Measure>
            : Key extends "all" | "any" | "of" | "variants"
              ? KnownInEach<Part[Key], Segment, Measure>
              : unknown;
        };

type KnownInEach<Parts, Segment extends string, Measure extends string> = Parts extends readonly unknown[]
  ? { [At in keyof Parts]: KnownIn<Parts[At], Segment, Measure> }
  : unknown; // The `of` of a measure is a selector.
