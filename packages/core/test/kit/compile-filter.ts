import { planFilter } from "../../src/filter/plan-filter.ts";
import { testOf, type Test } from "../../src/filter/test-of.ts";
import type { Filter } from "../../src/index.ts";

/** What tells whether an object matches a filter that was checked, by way of its plan in JSON. */
export function compileFilter(filter: Filter): Test {
  return testOf(JSON.parse(JSON.stringify(planFilter(filter))));
}
