import {
  compile,
  type Definition,
  deviceDefinition,
  type Manifest,
  manifestOf,
  type SegmentDefinition,
} from "@murmur/core";
import { CATEGORIES } from "../mixed/shop.ts";

/** What is asked about each category: of Murmur over its log, of GrowthBook over attributes that the shop has counted. */
const FORMS: Readonly<
  Record<string, { when(category: string): SegmentDefinition["when"]; condition(category: string): object }>
> = {
  likes: {
    when: (category) => ({ count: { event: "Product Viewed", where: { category } }, within: "7d", gt: 3 }),
    condition: (category) => ({ [`views.${category}`]: { $gt: 3 } }),
  },
  wants: {
    when: (category) => ({ count: { event: "Product Added", where: { category } }, within: "30d", gte: 1 }),
    condition: (category) => ({ [`adds.${category}`]: { $gte: 1 } }),
  },
  buys: {
    when: (category) => ({ sum: "price", of: { event: "Product Added", where: { category } }, gt: 100 }),
    condition: (category) => ({ [`spent.${category}`]: { $gt: 100 } }),
  },
  misses: {
    when: (category) => ({ sinceLast: { event: "Product Viewed", where: { category } }, gte: "3d" }),
    condition: (category) => ({ [`idle.${category}`]: { $gte: 3 * 864e5 } }),
  },
  hesitates: {
    when: (category) => ({
      all: [
        { sinceLast: { event: "Product Added", where: { category } }, gte: "2h" },
        { count: "Order Completed", after: { event: "Product Added", where: { category } }, eq: 0 },
      ],
    }),
    condition: (category) => ({
      $and: [{ [`idle.${category}`]: { $gte: 72e5 } }, { [`orders.${category}`]: { $exists: false } }],
    }),
  },
};

/** In it from the first page view on: by its entering a page knows that the first definition has been evaluated. */
export const HERE = "is-here";

/** 50 segments, and one that every page enters. */
export const MANIFEST = madeOf({
  segments: {
    [HERE]: { count: "Page Viewed", gte: 1 },
    ...Object.fromEntries(every((form, category) => FORMS[form]!.when(category))),
  } as Definition["segments"],
});

/** 50 features with targeting conditions, as GrowthBook's API gives them out. */
export const FEATURES = {
  status: 200,
  dateUpdated: "2026-01-01T00:00:00.000Z",
  features: Object.fromEntries(
    every((form, category) => {
      const rules = [{ id: `rule-${form}`, condition: FORMS[form]!.condition(category), force: true }];
      return { defaultValue: false, rules };
    }),
  ),
};

function every<Answer>(
  answer: (form: string, category: string) => Answer,
): (readonly [id: string, Answer])[] {
  return Object.keys(FORMS).flatMap((form) =>
    CATEGORIES.map((category) => [`${form}-${category}`, answer(form, category)] as const),
  );
}

/** As the edge gives it out. */
function madeOf(config: Definition): Manifest {
  return manifestOf(deviceDefinition(compile(config).definition));
}
