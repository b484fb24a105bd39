import { COMPARISONS, MEASURE_FORMS, type MeasureForm } from "../measure.ts";
import { checkDuration, checkSelector } from "./check-selector.ts";
import { describe, type Issues, type Path } from "./issues.ts";

type Unit = MeasureForm["unit"];

/** Checks a measure without a comparison, as `measures` holds it. */
export function checkMeasure(issues: Issues, measure: unknown, path: Path): void {
  if (!issues.isObject(measure, path, 'a measure, as { count: "Product Viewed" }')) return;
  const kind = findKind(issues, measure, path);
  if (kind) checkForm(issues, measure, kind, [], path);
}

/** Checks a measure with the comparison that makes it a condition. */
export function checkMeasureCondition(
  issues: Issues,
  condition: Record<string, unknown>,
  measures: Readonly<Record<string, unknown>>,
  path: Path,
): void {
  if (Object.hasOwn(condition, "measure")) {
    issues.unknownKeys(condition, ["measure", ...COMPARISONS], path);
    const unit = namedUnit(issues, condition["measure"], measures, path);
    if (unit) checkComparison(issues, condition, unit, path);
    return;
  }
  const kind = findKind(issues, condition, path);
  if (!kind) return;
  checkForm(issues, condition, kind, COMPARISONS, path);
  checkComparison(issues, condition, MEASURE_FORMS[kind]!.unit, path);
}

function namedUnit(
  issues: Issues,
  name: unknown,
  measures: Readonly<Record<string, unknown>>,
  path: Path,
): Unit | undefined {
  if (typeof name !== "string" || !Object.hasOwn(measures, name)) {
    const known = issues.suggestion(name, Object.keys(measures));
    issues.add([...path, "measure"], `unknown measure ${describe(name)}${known}`);
    return undefined;
  }
  const measure = measures[name];
  if (typeof measure !== "object" || measure === null) return undefined;
  const kind = Object.keys(MEASURE_FORMS).find((key) => Object.hasOwn(measure, key));
  return kind === undefined ? undefined : MEASURE_FORMS[kind]!.unit;
}

function findKind(issues: Issues, measure: Record<string, unknown>, path: Path): string | undefined {
  const kinds = Object.keys(MEASURE_FORMS).filter((key) => Object.hasOwn(measure, key));
  if (kinds.length === 1) return kinds[0];
  issues.add(
    path,
    kinds.length === 0 ? "no measure" : `${kinds.join(" and ")} stand side by side: write one measure`,
  );
  return undefined;
}

function checkForm(
  issues: Issues,
  measure: Record<string, unknown>,
  kind: string,
  besides: readonly string[],
  path: Path,
): void {
  const { selector } = MEASURE_FORMS[kind]!;
  const { where: _misplaced, ...others } = measure;
  if (Object.hasOwn(measure, "where"))
    issues.add(
      [...path, "where"],
      `stands with the event: ${JSON.stringify(selector)}: { "event": …, "where": … }`,
    );
  issues.unknownKeys(others, [...new Set([kind, selector]), "within", "after", ...besides], path);
  if (kind !== selector) checkPath(issues, measure[kind], [...path, kind]);
  checkSelector(issues, measure[selector], [...path, selector]);
  if (Object.hasOwn(measure, "after")) checkSelector(issues, measure["after"], [...path, "after"]);
  if (Object.hasOwn(measure, "within") && measure["within"] !== "session")
    checkDuration(issues, measure["within"], 1, [...path, "within"]);
}

/** Checks a dotted path of an event's properties. */
export function checkPath(issues: Issues, value: unknown, path: Path): void {
  if (typeof value !== "string" || value === "" || value.split(".").includes(""))
    issues.add(
      path,
      `must be a path of the event's properties, as "total" or "address.city", not ${describe(value)}`,
    );
}

function checkComparison(issues: Issues, condition: Record<string, unknown>, unit: Unit, path: Path): void {
  const kinds = COMPARISONS.filter((key) => Object.hasOwn(condition, key));
  const [kind] = kinds;
  if (!kind) return issues.add(path, `needs a comparison: one of ${COMPARISONS.join(", ")}`);
  if (kinds.length > 1)
    return issues.add(
      path,
      `${kinds.join(" and ")} stand side by side: use between, or two conditions under all`,
    );
  const at = [...path, kind];
  const wanted = condition[kind];
  if (kind === "in") return checkList(issues, wanted, unit, at);
  if (kind === "between") {
    if (!Array.isArray(wanted) || wanted.length !== 2)
      return issues.add(at, "must be a list of two: [low, high]");
    return wanted.forEach((bound, index) => checkBound(issues, bound, unit, [...at, index]));
  }
  if (unit === "scalar" && (kind === "eq" || kind === "ne")) return checkScalar(issues, wanted, at);
  return checkBound(issues, wanted, unit, at);
}

function checkList(issues: Issues, wanted: unknown, unit: Unit, path: Path): void {
  if (unit !== "scalar") return issues.add(path, "is for favorite, first and last: use any with eq here");
  if (!issues.isArray(wanted, path, "a list of values")) return;
  wanted.forEach((value, at) => checkScalar(issues, value, [...path, at]));
}

function checkScalar(issues: Issues, value: unknown, path: Path): void {
  if (typeof value !== "string" && typeof value !== "boolean" && !Number.isFinite(value))
    issues.add(path, `must be a string, a number, true or false, not ${describe(value)}`);
}

function checkBound(issues: Issues, bound: unknown, unit: Unit, path: Path): void {
  if (unit === "duration") checkDuration(issues, bound, 0, path);
  else if (typeof bound !== "number" || !Number.isFinite(bound))
    issues.add(path, `must be a number, not ${describe(bound)}`);
}
