import type { Condition, Definition, Explanation, Selector } from "@murmur/core";
import type { Terminal } from "./terminal.ts";
import { instantText, lengthOf } from "./words.ts";

type Measures = Definition["measures"];

/**
 * The tree of a condition in words: what was measured, what was wanted, and when time alone will change it. `measures` are
 * those of the definition, by which a named one is known to be a length of time.
 */
export function explanationLines(
  terminal: Terminal,
  explanation: Explanation,
  measures: Measures,
  depth = 0,
): string[] {
  const { colors } = terminal;
  const { result, until, of = [] } = explanation;
  const mark = result ? colors.green("✓") : colors.red("✗");
  const change = until === undefined ? "" : colors.dim(` (until ${instantText(until)})`);
  const own = `${"  ".repeat(depth)}${mark} ${wordsOf(explanation, measures)}${change}`;
  return [own, ...of.flatMap((part) => explanationLines(terminal, part, measures, depth + 1))];
}

function wordsOf({ condition, value, wanted, atLeast }: Explanation, measures: Measures): string {
  if ("all" in condition) return condition.all.length === 0 ? "everybody" : "all of";
  if ("any" in condition) return condition.any.length === 0 ? "nobody" : "any of";
  if ("not" in condition) return "not";
  if ("atLeast" in condition) return `at least ${condition.atLeast} of`;
  if ("segment" in condition) return `in ${condition.segment}`;
  if (wanted === undefined) return JSON.stringify(condition);
  const measure = ("measure" in condition && measures?.[condition.measure]) || condition;
  const isTime = "sinceLast" in measure || "sinceFirst" in measure;
  const shown =
    value === undefined
      ? "missing"
      : isTime && typeof value === "number"
        ? lengthOf(value)
        : JSON.stringify(value);
  const least = atLeast ? " or more" : "";
  return `${measureWords(condition, wanted)} is ${shown}${least}; wanted ${comparisonWords(wanted)}`;
}

function measureWords(condition: Condition, wanted: object): string {
  const { within, after, of, ...rest } = condition as unknown as Record<string, unknown>;
  // What is left beside the comparison, in whatever order it is written, is the kind of measure.
  const [kind = "", about] = Object.entries(rest).find(([key]) => !Object.hasOwn(wanted, key)) ?? [];
  const what = typeof about === "object" ? selectorWords(about as Selector) : String(about);
  return [
    kind,
    what,
    ...(of === undefined ? [] : ["of", selectorWords(of as Selector)]),
    ...(within === undefined ? [] : ["within", String(within)]),
    ...(after === undefined ? [] : ["after", selectorWords(after as Selector)]),
  ].join(" ");
}

function selectorWords(selector: Selector): string {
  if (typeof selector === "string") return selector;
  const { event, where } = selector as { event?: string | string[]; where?: object };
  const names = Array.isArray(event) ? event.join(" or ") : (event ?? JSON.stringify(selector));
  return where === undefined ? names : `${names} where ${JSON.stringify(where)}`;
}

const SIGNS: Readonly<Record<string, string>> = { gt: ">", gte: "≥", lt: "<", lte: "≤", eq: "=", ne: "≠" };

function comparisonWords(wanted: object): string {
  return Object.entries(wanted)
    .map(
      ([operator, bound]) =>
        `${SIGNS[operator] ?? operator} ${typeof bound === "string" ? bound : JSON.stringify(bound)}`,
    )
    .join(" and ");
}
