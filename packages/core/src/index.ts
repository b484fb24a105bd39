export { compile } from "./compile.ts";
export { decideSlots } from "./decide/decide-slots.ts";
export type { SlotDecision } from "./decide/decide-slots.ts";
export { checkDefinition } from "./definition/check/check-definition.ts";
export type {
  AllCondition,
  AnyCondition,
  AtLeastCondition,
  Condition,
  ContextCondition,
  MeasureCondition,
  NotCondition,
  SegmentCondition,
  SequenceCondition,
  TraitCondition,
  TrendCondition,
} from "./definition/condition.ts";
export type {
  Definition,
  Place,
  SegmentDefinition,
  SlotContent,
  SlotDefinition,
  SlotVariant,
} from "./definition/definition.ts";
export { DefinitionError } from "./definition/definition-error.ts";
export type { DefinitionIssue } from "./definition/definition-error.ts";
export { parseDuration } from "./definition/duration.ts";
export type { Duration } from "./definition/duration.ts";
export { definitionHash } from "./definition/hash.ts";
export { deviceDefinition, edgeDefinition } from "./definition/manifest.ts";
export type {
  AvgMeasure,
  Bound,
  Comparison,
  CountMeasure,
  DistinctMeasure,
  FavoriteMeasure,
  FirstMeasure,
  LastMeasure,
  MaxMeasure,
  Measure,
  MinMeasure,
  NamedMeasure,
  OwnMeasure,
  SinceFirstMeasure,
  SinceLastMeasure,
  SumMeasure,
} from "./definition/measure.ts";
export type { Narrowing, Selector } from "./definition/selector.ts";
export type { Explanation } from "./engine/explain.ts";
export type { Profile, Transition } from "./engine/profile.ts";
export { load } from "./engine/program.ts";
export type { Program } from "./engine/program.ts";
export type { Context } from "./engine/contextual.ts";
export { cutEntry, readsOf } from "./engine/reads.ts";
export type { Reads } from "./engine/reads.ts";
export { catchUp, membershipChanges, rebuild } from "./engine/rebuild.ts";
export { SnapshotError } from "./engine/snapshot.ts";
export type { Snapshot } from "./engine/snapshot.ts";
export type { Filter, FilterValue } from "./filter/filter.ts";
export type { Entry, EventEntry, Identify, IdentifyEntry, Json, MurmurEvent, Scalar } from "./log/entry.ts";
export { entryProblem, isTimestamp, MAX_DEPTH, MAX_PROPERTIES } from "./log/entry-problem.ts";
export type { EntryProblem } from "./log/entry-problem.ts";
export { compareEntries } from "./log/order.ts";
