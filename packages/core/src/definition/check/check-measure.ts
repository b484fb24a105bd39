import { parseDuration } from "../duration.ts";
import { COMPARISONS, MEASURE_FORMS, type MeasureForm } from "../measure.ts";
import { checkFilter } from "./check-filter.ts";
import { describe, type Issues, type Path } from "./issues.ts";

/** Checks a measure without a comparison, as `measures` holds it. */
export function checkMeasure(issues: Issues, measure: unknown, path: Path): void {
  if (!issues.isObject(measure, path, 'a measure, as { count: "Product Viewed" }')) return;
  const form = findForm(issues, measure, path);
  if (form) checkForm(issues, measure, form, [], path);
}

/** Checks a measure with the comparison that makes it a condition. */
export function checkMeasureCondition(
  issues: Issues,
  condition: Record<string, unknown>,
  measures: Readonly<Record<string, unknown>>,
  path: Path,
): void {
  if (Object.hasOwn(condition, "measure")) {
    const name = condition["measure"] as string;
    issues.unknownKeys(condition, ["measure", ...COMPARISONS], path);
    if (typeof name !== "string" || !Object.hasOwn(measures, name)) {
      issues.add(
        [...path, "measure"],
        `unknown measure ${describe(name)}${issues.suggestion(name, Object.keys(measures))}`,
      );
      return;
    }
    const unit = Object.entries(MEASURE_FORMS).find(([key]) =>
      Object.hasOwn((measures[name] as object) ?? {}, key),
    )?.[1].unit;
    if (unit) checkComparison(issues, condition, unit, path);
    return;
  }
  const form = findForm(issues, condition, path);
  if (!form) return;
  checkForm(issues, condition, form, COMPARISONS, path);
  checkComparison(issues, condition, form.unit, path);
}

function findForm(issues: Issues, measure: Record<string, unknown>, path: Path): MeasureForm | undefined {
  const kinds = Object.keys(MEASURE_FORMS).filter((key) => Object.hasOwn(measure, key));
  if (kinds.length === 1) return MEASURE_FORMS[kinds[0] as string];
  issues.add(
    path,
    kinds.length === 0 ? "no measure" : `${kinds.join(" and ")} stand side by side: write one measure`,
  );
  return undefined;
}

function checkForm(
  issues: Issues,
  measure: Record<string, unknown>,
  form: MeasureForm,
  besides: readonly string[],
  path: Path,
): void {
  issues.unknownKeys(measure, [form.selector, "within", "after", ...besides], path);
  checkSelector(issues, measure[form.selector], [...path, form.selector]);
  if (Object.hasOwn(measure, "after")) checkSelector(issues, measure["after"], [...path, "after"]);
  if (Object.hasOwn(measure, "within")) checkDuration(issues, measure["within"], 1, [...path, "within"]);
}

function checkSelector(issues: Issues, selector: unknown, path: Path): void {
  if (typeof selector === "string") return checkName(issues, selector, path);
  if (!issues.isObject(selector, path, 'an event name or { event: "Product Viewed", where: {…} }')) return;
  issues.unknownKeys(selector, ["event", "where"], path);
  const names = selector["event"];
  if (!Array.isArray(names)) checkName(issues, names, [...path, "event"]);
  else if (names.length === 0) issues.add([...path, "event"], "must name at least one event");
  else names.forEach((name, at) => checkName(issues, name, [...path, "event", at]));
  if (Object.hasOwn(selector, "where")) checkFilter(issues, selector["where"], [...path, "where"]);
}

function checkName(issues: Issues, name: unknown, path: Path): void {
  if (typeof name !== "string" || name === "")
    issues.add(path, `must be an event name, not ${describe(name)}`);
}

function checkDuration(issues: Issues, duration: unknown, least: number, path: Path): void {
  const ms = parseDuration(duration);
  if (ms === undefined)
    issues.add(
      path,
      `must be a duration, as "90s", "2h" or "7d" (units ms s m h d w), not ${describe(duration)}`,
    );
  else if (ms < least) issues.add(path, "must be longer than nothing");
}

function checkComparison(
  issues: Issues,
  condition: Record<string, unknown>,
  unit: MeasureForm["unit"],
  path: Path,
): void {
  const kinds = COMPARISONS.filter((key) => Object.hasOwn(condition, key));
  const [kind] = kinds;
  if (!kind) return issues.add(path, `needs a comparison: one of ${COMPARISONS.join(", ")}`);
  if (kinds.length > 1)
    return issues.add(
      path,
      `${kinds.join(" and ")} stand side by side: use between, or two conditions under all`,
    );
  const at = [...path, kind];
  if (kind !== "between") return checkBound(issues, condition[kind], unit, at);
  const bounds = condition[kind];
  if (!Array.isArray(bounds) || bounds.length !== 2)
    return issues.add(at, "must be a list of two: [low, high]");
  bounds.forEach((bound, index) => checkBound(issues, bound, unit, [...at, index]));
}

function checkBound(issues: Issues, bound: unknown, unit: MeasureForm["unit"], path: Path): void {
  if (unit === "duration") checkDuration(issues, bound, 0, path);
  else if (typeof bound !== "number" || !Number.isFinite(bound))
    issues.add(path, `must be a number, not ${describe(bound)}`);
}
