import { isSafePattern } from "redos-detector";
import { regexShape } from "./regex-shape.ts";

/** Longest pattern, in UTF-16 code units. */
const MAX_LENGTH = 500;

/** In how many ways a pattern may match at one place of a text; `{0,50}` counts as 51, and what follows multiplies. */
const MAX_WAYS = 1_000;
/** How many characters it may take in without an unbounded repetition. */
const MAX_REACH = 1_000;

/** What the analysis of backtracking is handed at most: beyond this it would take long. */
const MAX_UNBOUNDED = 8;
const MAX_DEPTH = 5;

/**
 * How long the analysis may go on. Counted in steps and not in time, so that every machine comes to the same answer:
 * the clock of a Worker stands still while it computes.
 */
const MAX_STEPS = 300;
const MAX_SCORE = 50;

/** How many patterns of one definition may need the analysis, which holds some MB for each until the check has ended. */
const MAX_ANALYSES = 16;

/** The check of one definition's patterns: each is looked at once, and of those that take long to look at only some. */
export function regexChecker(): (pattern: string) => string | undefined {
  const known = new Map<string, string | undefined>();
  let analyses = 0;
  const mayAnalyse = (): boolean => ++analyses <= MAX_ANALYSES;
  return (pattern) => {
    if (!known.has(pattern)) known.set(pattern, problemOf(pattern, mayAnalyse));
    return known.get(pattern);
  };
}

/**
 * Says what keeps a `$regex` from being run on what strangers send, or nothing when it may be.
 *
 * Refused is what can take longer than in proportion to the text: exponential and polynomial backtracking
 * (`(a+)+$`, `^.*a.*b`), and a search that starts over at every place of the text (`\s+$`, `\d+px`). Where the analysis
 * cannot tell within its steps, the pattern is refused too. A pattern without unbounded repetition always takes time in
 * proportion; it is refused where it can match in too many ways, or takes in too much, which that proportion grows with.
 */
export function regexProblem(pattern: string): string | undefined {
  return problemOf(pattern, () => true);
}

function problemOf(pattern: string, mayAnalyse: () => boolean): string | undefined {
  if (pattern.length > MAX_LENGTH)
    return `has ${pattern.length} characters, more than ${MAX_LENGTH}: split it into several under $or`;
  let shape: ReturnType<typeof shapeOf>;
  try {
    shape = shapeOf(pattern);
  } catch (error) {
    return `is no regular expression (${(error as Error).message}); flags are not taken`;
  }
  const problem = shapeProblem(shape);
  if (problem !== undefined || isLinear(shape)) return problem;
  if (!mayAnalyse())
    return `is one of more than ${MAX_ANALYSES} patterns that have to be analysed: begin it with ^ and repeat once, or write repetitions with an end as {0,50}`;
  return backtrackingProblem(pattern);
}

/** Throws where the pattern is no regular expression: to the engine that will run it, or to the standard. */
function shapeOf(pattern: string): ReturnType<typeof regexShape> {
  RegExp(pattern);
  return regexShape(pattern);
}

function shapeProblem({ foreign, ...shape }: ReturnType<typeof shapeOf>): string | undefined {
  if (foreign !== undefined)
    return `holds ${foreign}, which is not taken: write it without back-references, named groups and flags`;
  if (shape.ways > MAX_WAYS)
    return `can match in more than ${MAX_WAYS} ways at one place: make repetitions shorter, or split it into several under $or or $and`;
  if (shape.length > MAX_REACH)
    return `can take in more than ${MAX_REACH} characters by repetitions with an end: make them shorter`;
  if (shape.unbounded > MAX_UNBOUNDED)
    return `repeats without end more than ${MAX_UNBOUNDED} times: write repetitions as {0,20}, or split it into several under $and`;
  if (shape.depth > MAX_DEPTH)
    return `nests groups deeper than ${MAX_DEPTH}: flatten it, or split it into several under $and`;
  return undefined;
}

/** Whether the shape alone says so: nothing repeats without end, or one character does once, and there is one start. */
function isLinear({ unbounded, flat, anchored }: ReturnType<typeof shapeOf>): boolean {
  return unbounded === 0 || (unbounded === 1 && flat && anchored);
}

function backtrackingProblem(pattern: string): string | undefined {
  let safe: boolean;
  try {
    ({ safe } = isSafePattern(pattern, { maxSteps: MAX_STEPS, maxScore: MAX_SCORE }));
  } catch {
    return "is written in a way that cannot be checked for backtracking: write it in a simpler way";
  }
  return safe
    ? undefined
    : "may backtrack for much longer than the text is long: begin it with ^, take out what repeats a repetition, " +
        "write repetitions with an end as {0,50}, or use $contains, $startsWith or $endsWith";
}
