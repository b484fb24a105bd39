/** Checked by tsc, never run: what must compile, and what must not. */
import { expectTypeOf } from "vitest";
import {
  all,
  any,
  atLeast,
  avg,
  cartRescue,
  categoryIntent,
  count,
  define,
  favorite,
  lifecycle,
  measure,
  not,
  rfm,
  segment,
  sequence,
  sinceLast,
  sum,
  topicEnthusiast,
  trend,
  type MeasureName,
  type SegmentId,
  type SlotName,
} from "../../src/index.ts";
import type { Condition, Definition, OwnMeasure, SlotDefinition } from "../../src/index.ts";

// Names are literal types.
const shop = define({
  ...lifecycle(),
  segments: {
    ...lifecycle({ prefix: "life/" }).segments,
    ...categoryIntent(["tents", "shoes"]).segments,
    browser: count("Product Viewed").within("7d").gt(3),
    vip: { name: "VIP", when: all(measure("spent").gte(500), not(segment("life/dormant"))) },
  },
  measures: { spent: sum("total").of("Order Completed").within("90d"), views: count("Product Viewed") },
  slots: { hero: { variants: [{ id: "a", when: segment("vip"), content: { list: ["x", { y: [1] }] } }] } },
});
type Stage = "new-visitor" | "first-time-buyer" | "active" | "loyal" | "at-risk" | "dormant";
expectTypeOf<SegmentId<typeof shop>>().toEqualTypeOf<
  `life/${Stage}` | "intent-tents" | "intent-shoes" | "browser" | "vip"
>();
expectTypeOf<MeasureName<typeof shop>>().toEqualTypeOf<"spent" | "views">();
expectTypeOf<SlotName<typeof shop>>().toEqualTypeOf<"hero">();
expectTypeOf(shop).toExtend<Definition>();
expectTypeOf<MeasureName<{ segments: {} }>>().toEqualTypeOf<never>();
expectTypeOf(rfm({ prefix: "r:" }).segments["r:champion"].when).toEqualTypeOf<Condition>();
const scores = rfm();
expectTypeOf<keyof typeof scores.measures>().toEqualTypeOf<
  "rfm-recency" | "rfm-frequency" | "rfm-monetary"
>();

expectTypeOf<(typeof shop.slots.hero.variants)[0]["content"]["list"][0]>().toEqualTypeOf<string>();

// A definition whose names are not known passes: it may come from a file.
define({} as Definition);
expectTypeOf(define({ segments: {}, slots: {} as Record<string, SlotDefinition> }).slots).toExtend<
  Definition["slots"]
>();
define({ segments: { a: {} as Condition, b: { segment: "a" as string } } });

const isA = count("X").gt(0);
// @ts-expect-error: no such segment
define({ segments: { a: isA, b: segment("c") } });
// @ts-expect-error: no such segment, in JSON
define({ segments: { a: isA, b: { segment: "c" } } });
// @ts-expect-error: no such segment, below other conditions
define({ segments: { a: isA, b: all(segment("a"), any(not(segment("c")))) } });
// @ts-expect-error: no such segment, among several
define({ segments: { a: isA, b: atLeast(1, segment("a"), segment("c")) } });
// @ts-expect-error: no such segment, in the long form
define({ segments: { a: isA, b: { when: segment("c") } } });
// @ts-expect-error: no such segment, from a preset
define({ segments: { ...lifecycle().segments, b: segment("lifecycle-dead") } });
define({
  segments: { a: isA },
  // @ts-expect-error: no such segment, in a slot
  slots: { hero: { variants: [{ id: "1", when: segment("b"), content: {} }] } },
});
// @ts-expect-error: no such measure
define({ segments: { a: measure("vews").gt(3) }, measures: { views: count("X") } });
// @ts-expect-error: no measures at all
define({ segments: { a: measure("views").gt(3) } });

// A measure is one of a definition as it stands, and no condition before it is compared.
expectTypeOf(count("X")).toExtend<OwnMeasure>();
expectTypeOf(count("X").within("7d").after("Y")).toExtend<OwnMeasure>();
expectTypeOf(favorite("c").of("X").within("session")).toExtend<OwnMeasure>();
expectTypeOf(count("X")).not.toExtend<Condition>();
expectTypeOf(sinceLast("X").within("7d")).not.toExtend<Condition>();
expectTypeOf(measure("m")).not.toExtend<Condition>();
expectTypeOf(count("X").gt(3)).toExtend<Condition>();
expectTypeOf(favorite("c").of("X").in(["a"])).toExtend<Condition>();
expectTypeOf(measure("m").between(1, 2)).toExtend<Condition>();
expectTypeOf(sequence("A", "B").within("7d")).toExtend<Condition>();
expectTypeOf(sequence("A", "B")).toExtend<Condition>();
// @ts-expect-error: not compared
define({ segments: { a: count("X").within("7d") } });
// @ts-expect-error: not compared, in the long form
define({ segments: { a: { when: count("X") } } });
// @ts-expect-error: not compared, among conditions
all(count("X"));
// @ts-expect-error: not compared
not(measure("m"));
// @ts-expect-error: of which events is not said
define({ segments: {}, measures: { spent: sum("total") } });
// @ts-expect-error: a condition is no measure
trend(count("X").gt(3));
// @ts-expect-error: the change is not said
define({ segments: { a: trend(count("X")).every("7d").periods(2) } });

// Durations.
// @ts-expect-error: no such unit of time
count("X").within("7 days");
// @ts-expect-error: no unit of time
count("X").within(7);
// @ts-expect-error: a sequence knows no session
sequence("A", "B").within("session");
// @ts-expect-error: no such unit of time
sequence("A", "B").span("2y");
// @ts-expect-error: no such unit of time
trend(count("X")).every("1month");
// @ts-expect-error: no such unit of time
lifecycle({ dormantAfter: "half a year" });
// @ts-expect-error: three bounds of four
rfm({ recency: ["30d", "60d", "90d"] });

// What a measure is compared with.
// @ts-expect-error: a count is no time
count("X").gt("7d");
// @ts-expect-error: a time is no number
sinceLast("X").gte(90);
// @ts-expect-error: a sum is no text
sum("total").of("X").eq("many");
// @ts-expect-error: one of a list is for scalars
count("X").in([1, 2]);
// @ts-expect-error: scalars have no order but that of numbers
favorite("c").of("X").gt("a");
// @ts-expect-error: an object is no scalar
favorite("c").of("X").eq({ a: 1 });
// @ts-expect-error: both ends are wanted
count("X").between(1);

// Narrowing.
// @ts-expect-error: the second filter has no place in a selector
count({ event: "X" }, { a: 1 });
// @ts-expect-error: a trend narrows by itself
trend(count("X").within("7d"));
// @ts-expect-error: no average has a trend
trend(avg("total").of("X"));
// @ts-expect-error: a sequence of nothing
sequence();

// What a recipe brings may be named beside it, and nothing else may.
define({
  segments: { ...cartRescue().segments, ...topicEnthusiast(["opera"]).segments, buyer: count("X").gte(1) },
  slots: {
    hero: {
      variants: [
        { id: "cart", when: segment("cart-left"), content: {} },
        { id: "opera", when: segment("enthusiast-opera"), content: {} },
      ],
    },
  },
});
define({
  segments: { ...cartRescue().segments },
  // @ts-expect-error: the recipe has no such segment
  slots: { hero: { variants: [{ id: "cart", when: segment("cart-lift"), content: {} }] } },
});
