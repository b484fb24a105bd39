export { abandoned } from "./build/abandoned.ts";
export type { Abandoning } from "./build/abandoned.ts";
export type { Building } from "./build/building.ts";
export type { Comparisons, ScalarComparisons } from "./build/comparisons.ts";
export { all, any, atLeast, context, not, segment, trait } from "./build/conditions.ts";
export { define } from "./build/define.ts";
export type { Defined } from "./build/define.ts";
export type { MeasureName, SegmentId, SlotName } from "./build/known-names.ts";
export {
  avg,
  count,
  distinct,
  favorite,
  first,
  last,
  max,
  measure,
  min,
  sinceFirst,
  sinceLast,
  sum,
} from "./build/measures.ts";
export { browseAbandonment } from "./build/presets/browse-abandonment.ts";
export type { BrowseAbandonmentOptions } from "./build/presets/browse-abandonment.ts";
export { cartAbandonment } from "./build/presets/cart-abandonment.ts";
export type { CartAbandonmentOptions, CartSegment } from "./build/presets/cart-abandonment.ts";
export { categoryIntent } from "./build/presets/category-intent.ts";
export type { CategoryIntentOptions } from "./build/presets/category-intent.ts";
export { churnRisk } from "./build/presets/churn-risk.ts";
export type { ChurnRiskOptions, ChurnSegment } from "./build/presets/churn-risk.ts";
export { lifecycle } from "./build/presets/lifecycle.ts";
export type { LifecycleOptions, LifecycleStage } from "./build/presets/lifecycle.ts";
export type { MeasuredPreset, Preset } from "./build/presets/preset.ts";
export { rfm } from "./build/presets/rfm.ts";
export type { RfmBounds, RfmOptions, RfmSegment } from "./build/presets/rfm.ts";
export type { RfmCell } from "./build/presets/rfm-cells.ts";
export type { RfmDimension, RfmScore } from "./build/presets/rfm-scores.ts";
export {
  browseRescue,
  cartRescue,
  priceSensitiveCoupon,
  reviewRequest,
  slippingAccount,
  topicEnthusiast,
  vipWinBack,
  welcome,
} from "./build/recipes/recipes.ts";
export type { Recipe } from "./build/recipes/recipes.ts";
export type { Selection, Step } from "./build/selection.ts";
export { sequence } from "./build/sequence.ts";
export type { Sequence } from "./build/sequence.ts";
export { trend } from "./build/trend.ts";
export { compile } from "./compile.ts";
export type { Allocations } from "./decide/assign.ts";
export { bucketOf, bucketRanges, rangeOf } from "./decide/bucket.ts";
export type { BucketRange } from "./decide/bucket.ts";
export { decide } from "./decide/decide.ts";
export type { DecideOptions } from "./decide/decide.ts";
export { decideSlots } from "./decide/decide-slots.ts";
export type { Refine, SlotDecision } from "./decide/decide-slots.ts";
export { exposuresOf } from "./decide/exposure.ts";
export type { Lookup } from "./decide/fill-texts.ts";
export { goalReader } from "./decide/goal-reader.ts";
export { interpolate } from "./decide/interpolate.ts";
export { isSafeUrl } from "./decide/is-safe-url.ts";
export { nextDecision } from "./decide/next-decision.ts";
export { refine } from "./decide/refine.ts";
export { SLOT_TARGETS, slotValue } from "./decide/slot-targets.ts";
export type { SlotTarget } from "./decide/slot-targets.ts";
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
export type { Definition, SegmentDefinition } from "./definition/definition.ts";
export { DefinitionError } from "./definition/definition-error.ts";
export type { DefinitionIssue } from "./definition/definition-error.ts";
export { parseDuration } from "./definition/duration.ts";
export type { Duration } from "./definition/duration.ts";
export { HOLDOUT } from "./definition/experiment.ts";
export type { ExperimentDefinition, ExperimentGoal, ExperimentVariant } from "./definition/experiment.ts";
export { EXPERIMENT_VIEWED, SLOT_VIEWED } from "./definition/exposure-events.ts";
export { definitionHash } from "./definition/hash.ts";
export { parseInstant } from "./definition/instant.ts";
export { deviceDefinition, edgeDefinition, manifestOf } from "./definition/manifest.ts";
export type { Manifest } from "./definition/manifest.ts";
export type {
  Again,
  EmailTemplate,
  EndStep,
  EventStep,
  IfStep,
  JourneyData,
  JourneyDefinition,
  JourneyStep,
  MessageCap,
  MessageSettings,
  QuietHours,
  SendStep,
  SplitStep,
  TraitStep,
  WaitStep,
  WebhookStep,
} from "./definition/journey.ts";
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
export type { Place } from "./definition/place.ts";
export type { Instant, Schedule } from "./definition/schedule.ts";
export type { Narrowing, Selector } from "./definition/selector.ts";
export type { SlotCap, SlotContent, SlotDefinition, SlotVariant } from "./definition/slot.ts";
export { carryOver, stateNames, withStatesOf, type NamedSnapshot } from "./engine/carry-over.ts";
export { addTo, wholeUnitsOf } from "./engine/operators/units.ts";
export type { Units } from "./engine/operators/units.ts";
export type { DeviceProfile, Transition } from "./engine/device-profile.ts";
export type { Explanation } from "./engine/explain.ts";
export { loadExplained } from "./engine/load-explained.ts";
export type { Program } from "./engine/load-explained.ts";
export { PLAN_VERSION } from "./engine/plan.ts";
export type { Plan } from "./engine/plan.ts";
export { PlanError } from "./engine/graph.ts";
export type { Profile } from "./engine/profile.ts";
export { load } from "./engine/program.ts";
export type { DeviceProgram } from "./engine/program.ts";
export type { Context } from "./engine/context.ts";
export { cutEntry, cutSnapshot, readsOf } from "./engine/reads.ts";
export type { Reads } from "./engine/reads.ts";
export { catchUp, changesSince, membershipChanges, rebuild } from "./engine/rebuild.ts";
export { SnapshotError } from "./engine/snapshot.ts";
export type { Exposure, SlotPlan } from "./engine/slot-plan.ts";
export type { Snapshot } from "./engine/snapshot.ts";
export type { Filter, FilterValue } from "./filter/filter.ts";
export type { Entry, EventEntry, Identify, IdentifyEntry, Json, MurmurEvent, Scalar } from "./log/entry.ts";
export { dryRun } from "./journey/dry-run.ts";
export type { DryRun } from "./journey/dry-run.ts";
export type {
  Action,
  EmailContent,
  JourneyEffect,
  SkippedMessage,
  SkipReason,
  StepPlace,
} from "./journey/effect.ts";
export { effectKey } from "./journey/effect-key.ts";
export { follow } from "./journey/follow.ts";
export type { FollowHost } from "./journey/follow.ts";
export { JourneyFollower } from "./journey/journey-follower.ts";
export type { FollowOptions, ReachedGoal } from "./journey/journey-follower.ts";
export type { JourneyVersion } from "./journey/journey-version.ts";
export { dropVersions, freshJourneys, nextWake } from "./journey/journeys-state.ts";
export type { JourneyRun, JourneysState } from "./journey/journeys-state.ts";
export { loadWithJourneys } from "./journey/load-with-journeys.ts";
export { isAddress } from "./journey/is-address.ts";
export { isUnsubscribed } from "./journey/is-unsubscribed.ts";
export { mayBegin } from "./journey/may-begin.ts";
export { quietUntil } from "./journey/quiet-hours.ts";
export type { LintFinding } from "./lint/finding.ts";
export { lint } from "./lint/lint.ts";
export { entryProblem, isDeeper, isTimestamp, MAX_DEPTH, MAX_PROPERTIES } from "./log/entry-problem.ts";
export type { EntryProblem } from "./log/entry-problem.ts";
export { compareEntries, isAfter } from "./log/order.ts";
export { problemMessage } from "./log/problem-message.ts";
export { GA4_EVENTS } from "./names/ga4-events.ts";
