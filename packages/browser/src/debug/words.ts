import type { Comparison, Condition, Measure, OwnMeasure, Selector, Scalar } from "@murmur/core";
import { clip } from "./clip.ts";
import { filterWords, jsonWords } from "./filter-words.ts";
import { durationWords, span } from "./time-words.ts";

/** A piece of a sentence: said, or something's own name, or what is written in the definition. */
export type Word = string | { name: string } | { code: string };
export type Measures = Readonly<Record<string, OwnMeasure>>;

/** "running-shoe-intent" is "Running shoe intent", "topCategory" is "Top category". */
export function titleOf(id: string): string {
  const text = id
    .replace(/[-_.]+/g, " ")
    .replace(/([a-z])([A-Z])/g, (_all, end: string, start: string) => `${end} ${start.toLowerCase()}`)
    .trim();
  return clip(text === "" ? id : text.charAt(0).toUpperCase() + text.slice(1), 160);
}

/** What a condition is about, without what its measure is held against. */
export function aboutWords(condition: Condition): Word[] {
  if ("all" in condition) return [condition.all.length === 0 ? "Always" : "All of these"];
  if ("any" in condition) return [condition.any.length === 0 ? "Never" : "Any of these"];
  if ("not" in condition) return ["Not"];
  if ("atLeast" in condition) return [`At least ${condition.atLeast} of these`];
  if ("segment" in condition) return ["In segment ", { name: titleOf(condition.segment) }];
  if ("trait" in condition) return ["Traits: ", { code: filterWords(condition.trait) }];
  if ("context" in condition) return ["This visit: ", { code: filterWords(condition.context) }];
  if ("sequence" in condition) {
    const { sequence, span, within, without } = condition;
    return [
      ...joined(sequence.map(selectorWords), ", then "),
      ...(span === undefined ? [] : [`, all within ${durationWords(span)}`]),
      ...(without === undefined ? [] : [", without ", ...selectorWords(without), " in between"]),
      ...(within === undefined ? [] : [`, begun in the last ${durationWords(within)}`]),
    ];
  }
  if ("trend" in condition) {
    const { trend, every, periods, change } = condition;
    const [edge, ratio] = "lte" in change ? ["or less", change.lte] : ["or more", change.gte];
    return [
      ...measureWords(trend as OwnMeasure),
      ` per ${durationWords(every)}, changing by ${percent(ratio)} ${edge}, ${periods} in a row`,
    ];
  }
  return measureWords(condition);
}

/** A whole condition in one line. */
export function sentence(condition: Condition, measures: Measures = {}): string {
  const said = clause(condition, measures, false);
  return said.charAt(0).toUpperCase() + said.slice(1);
}

/** A condition as a part of a sentence; in brackets where its own parts would else be taken for the sentence's. */
function clause(condition: Condition, measures: Measures, isPart: boolean): string {
  const said = (conditions: readonly Condition[], joint: string): string =>
    conditions.map((each) => clause(each, measures, conditions.length > 1)).join(joint);
  const list = (conditions: readonly Condition[], joint: string): string =>
    isPart && conditions.length > 1 ? `(${said(conditions, joint)})` : said(conditions, joint);
  if ("all" in condition && condition.all.length > 0) return list(condition.all, " and ");
  if ("any" in condition && condition.any.length > 0) return list(condition.any, " or ");
  if ("not" in condition) return `not ${clause(condition.not, measures, true)}`;
  if ("atLeast" in condition && condition.of.length > 0)
    return `at least ${condition.atLeast} of (${said(condition.of, "; ")})`;
  const [first, ...rest] = aboutWords(condition);
  const about = plain([
    typeof first === "string" ? first.charAt(0).toLowerCase() + first.slice(1) : first!,
    ...rest,
  ]);
  const comparison = comparisonWords(condition as Comparison, isTime(condition, measures));
  if (comparison === "") return about;
  if ("count" in condition) return comparison === "exactly 0" ? `no ${about}` : `${comparison} × ${about}`;
  if ("sinceLast" in condition || "sinceFirst" in condition) return about.replace("time", () => comparison);
  return `${about} is ${comparison}`;
}

/** What a measure is held against: "more than 3", "at least 2 hours". */
export function comparisonWords(wanted: Comparison, ofTime: boolean): string {
  const say = (bound: unknown): string => (ofTime ? durationWords(bound) : jsonWords(bound));
  if (wanted.gt !== undefined) return `more than ${say(wanted.gt)}`;
  if (wanted.gte !== undefined) return `at least ${say(wanted.gte)}`;
  if (wanted.lt !== undefined) return `less than ${say(wanted.lt)}`;
  if (wanted.lte !== undefined) return `at most ${say(wanted.lte)}`;
  if (wanted.eq !== undefined) return `exactly ${say(wanted.eq)}`;
  if (wanted.ne !== undefined) return `not ${say(wanted.ne)}`;
  if (wanted.in !== undefined) return `one of ${wanted.in.map(say).join(", ")}`;
  if (wanted.between !== undefined) return `${say(wanted.between[0])} to ${say(wanted.between[1])}`;
  return "";
}

/** Whether what a condition measures is a length of time. */
export function isTime(condition: object, measures: Measures = {}): boolean {
  const name = (condition as { measure?: string }).measure;
  const named = name !== undefined && Object.hasOwn(measures, name) ? measures[name] : undefined;
  return "sinceLast" in (named ?? condition) || "sinceFirst" in (named ?? condition);
}

export function valueWords(value: Scalar | undefined, ofTime: boolean): string {
  if (value === undefined) return "nothing yet";
  if (typeof value !== "number") return jsonWords(value);
  return ofTime ? span(value) : String(Math.round(value * 1e4) / 1e4);
}

export function plain(words: readonly Word[]): string {
  return words
    .map((word) => (typeof word === "string" ? word : "name" in word ? word.name : word.code))
    .join("");
}

function measureWords(measure: Measure): Word[] {
  if ("measure" in measure) return ["Measure ", { name: titleOf(measure.measure) }];
  const narrowing: Word[] = [
    ...("after" in measure && measure.after !== undefined
      ? [" since the last ", ...selectorWords(measure.after)]
      : []),
    ...("within" in measure && measure.within !== undefined ? [withinWords(measure.within)] : []),
  ];
  if ("count" in measure) return [...selectorWords(measure.count), ...narrowing];
  if ("sinceLast" in measure)
    return ["Time since the last ", ...selectorWords(measure.sinceLast), ...narrowing];
  if ("sinceFirst" in measure)
    return ["Time since the first ", ...selectorWords(measure.sinceFirst), ...narrowing];
  const [kind, path] = Object.entries(measure).find(([key]) => key in KINDS) as [keyof typeof KINDS, string];
  return [KINDS[kind], { code: clip(path, 80) }, " of ", ...selectorWords(measure.of), ...narrowing];
}

const KINDS = {
  sum: "Sum of ",
  avg: "Average ",
  min: "Lowest ",
  max: "Highest ",
  distinct: "How many different ",
  favorite: "Most frequent ",
  first: "First ",
  last: "Last ",
} as const;

function selectorWords(selector: Selector): Word[] {
  if (typeof selector === "string") return [{ name: clip(selector, 160) }];
  const names = [selector.event].flat().map((name): Word[] => [{ name: clip(name as string, 160) }]);
  const { where } = selector;
  const filter: Word[] =
    where && Object.keys(where).length > 0 ? [" where ", { code: filterWords(where) }] : [];
  return [...joined(names, " or "), ...filter];
}

function withinWords(within: string): string {
  return within === "session"
    ? " in this session"
    : ` in the last ${durationWords(within).replace(/^1 /, "")}`;
}

function percent(ratio: number): string {
  return `${ratio > 0 ? "+" : ratio < 0 ? "−" : ""}${Math.abs(Math.round(ratio * 1e4) / 100)} %`;
}

function joined(lists: readonly Word[][], joint: string): Word[] {
  return lists.flatMap((words, at) => (at === 0 ? words : [joint, ...words]));
}
