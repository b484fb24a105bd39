import type { Condition, Definition, SegmentDefinition } from "@murmur/core";
import { usableDefinition } from "../definition/usable-definition.ts";
import { quantile } from "../figures/quantile.ts";
import { measuredValues } from "../run/measured-values.ts";
import type { ExitCode } from "../terminal/exit-code.ts";
import { table } from "../terminal/table.ts";
import type { Terminal } from "../terminal/terminal.ts";
import { count, instantText, lengthOf, percent, several } from "../terminal/words.ts";
import { codeOf, inputOptions, NOBODY, sayInput, type InputFlags } from "./input-options.ts";

const SHARES = [0.1, 0.25, 0.5, 0.75, 0.9, 0.95, 0.99];
const KINDS = ["count", "sum", "avg", "min", "max", "distinct", "sinceLast", "sinceFirst"];
const COMPARISONS = ["gt", "gte", "lt", "lte", "eq", "ne", "between"];

type Measure = NonNullable<Definition["measures"]>[string];

/** A measure that the definition compares, and with what. */
interface Compared {
  measure: Measure;
  isTime: boolean;
  comparisons: Set<string>;
  segments: Set<string>;
}

/** `murmur fit thresholds <definition> <events…>`: how what the definition compares is distributed among people. */
export async function fitThresholds(
  terminal: Terminal,
  file: string,
  files: readonly string[],
  flags: InputFlags,
): Promise<ExitCode> {
  const definition = await usableDefinition(terminal, file);
  const { options, asOf, progress } = await inputOptions(terminal, files, flags);
  const compared = comparedIn(definition);
  const measures = Object.fromEntries([...compared].map(([name, { measure }]) => [name, measure]));
  const measured = await measuredValues(measures, { ...options, asOf }).finally(() => progress.end());
  const found = [...compared].map(([name, { isTime, comparisons, segments }]) => {
    const values = measured.values.get(name)!;
    return {
      measure: JSON.parse(name) as Measure,
      unit: isTime ? "ms" : "number",
      people: values.length,
      comparisons: [...comparisons],
      segments: [...segments],
      quantiles:
        values.length === 0 ? [] : SHARES.map((share) => ({ share, value: quantile(values, share) })),
    };
  });
  if (terminal.json) {
    terminal.answer({ people: measured.people, asOf: measured.asOf, measures: found, input: measured.input });
    return codeOf(measured.input);
  }
  sayInput(terminal, measured.input);
  if (measured.people === 0) {
    terminal.say(NOBODY);
    return codeOf(measured.input);
  }
  terminal.say(`${several(measured.people, "person", "people")} at ${instantText(measured.asOf)} UTC`);
  for (const { measure, unit, people, comparisons, segments, quantiles } of found) {
    terminal.say(`\n${terminal.colors.bold(JSON.stringify(measure))}`);
    terminal.say(terminal.colors.dim(`  compared as ${comparisons.join(", ")} in ${segments.join(", ")}`));
    if (people === 0) {
      terminal.say("  missing of everybody");
      continue;
    }
    const text = (value: number): string =>
      unit === "ms" ? lengthOf(value) : count(Number(value.toFixed(2)));
    terminal.say(
      table(
        terminal,
        ["  people who have it", ...SHARES.map((share) => percent(share))],
        [[`  ${count(people)}`, ...quantiles.map(({ value }) => text(value))]],
      ),
    );
  }
  return codeOf(measured.input);
}

/** Every measure that some segment compares with a number or a length of time, by its JSON. */
function comparedIn({ segments, measures = {} }: Definition): Map<string, Compared> {
  const found = new Map<string, Compared>();
  for (const [id, segment] of Object.entries(segments)) {
    walk("when" in segment ? (segment as SegmentDefinition).when : segment, (condition) => {
      const whole = condition as unknown as Record<string, unknown>;
      const comparison = COMPARISONS.find((key) => key in whole);
      if (comparison === undefined) return;
      const { [comparison]: bound, ...measure } = whole;
      const named = measures[measure["measure"] as string] as Record<string, unknown> | undefined;
      const own = named ?? measure;
      if (!KINDS.some((kind) => kind in own)) return;
      const name = JSON.stringify(own);
      const isTime = "sinceLast" in own || "sinceFirst" in own;
      const entry = found.get(name) ?? {
        measure: own as unknown as Measure,
        isTime,
        comparisons: new Set<string>(),
        segments: new Set<string>(),
      };
      entry.comparisons.add(`${comparison} ${typeof bound === "string" ? bound : JSON.stringify(bound)}`);
      entry.segments.add(id);
      found.set(name, entry);
    });
  }
  return found;
}

function walk(condition: Condition, visit: (condition: Condition) => void): void {
  visit(condition);
  if ("all" in condition) for (const part of condition.all) walk(part, visit);
  if ("any" in condition) for (const part of condition.any) walk(part, visit);
  if ("not" in condition) walk(condition.not, visit);
  if ("of" in condition && Array.isArray(condition.of))
    for (const part of condition.of as Condition[]) walk(part, visit);
}
