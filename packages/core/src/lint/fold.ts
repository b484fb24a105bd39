import { canonical } from "../definition/canonical.ts";
import type { Condition } from "../definition/condition.ts";
import { segmentDefinition, type Definition } from "../definition/definition.ts";
import { filterOf, type Selector } from "../definition/selector.ts";
import { foldFilter } from "./fold-filter.ts";
import { areContradictory, areExhaustive, byMeasure } from "./fold-measures.ts";
import { parts, segmentPath } from "./walk.ts";

/** What a condition always is, and why. */
export interface Constant {
  value: boolean;
  because: string;
}

/** Finds conditions that are the same whatever happens. Where it is not certain, it finds nothing. */
export class Folding {
  readonly #definition: Definition;
  readonly #segments = new Map<string, Constant | undefined>();

  constructor(definition: Definition) {
    this.#definition = definition;
  }

  fold(condition: Condition, path: string): Constant | undefined {
    if ("segment" in condition) return this.#foldSegment(condition.segment);
    if ("not" in condition) {
      const inner = this.fold(condition.not, `${path}.not`);
      return inner && { value: !inner.value, because: inner.because };
    }
    if ("all" in condition) return this.#foldAtLeast(condition, condition.all.length, path);
    if ("any" in condition) return this.#foldAtLeast(condition, 1, path);
    if ("atLeast" in condition) return this.#foldAtLeast(condition, condition.atLeast, path);
    if ("trait" in condition) return ofFilter(foldFilter(condition.trait), `${path}.trait`);
    if ("context" in condition) return ofFilter(foldFilter(condition.context), `${path}.context`);
    if ("sequence" in condition) return condition.sequence.some(takesNothing) ? nothing(path) : undefined;
    if ("trend" in condition)
      return takesNothing("count" in condition.trend ? condition.trend.count : condition.trend.of)
        ? nothing(path)
        : undefined;
    return this.#foldLeaves([condition], path, "all");
  }

  #foldSegment(id: string): Constant | undefined {
    if (!this.#segments.has(id)) {
      const segment = this.#definition.segments[id]!;
      this.#segments.set(id, this.fold(segmentDefinition(segment).when, segmentPath(id, segment)));
    }
    return this.#segments.get(id);
  }

  /** `all` and `any` are this too: as many as there are, and one. */
  #foldAtLeast(condition: Condition, least: number, path: string): Constant | undefined {
    const below = parts(condition, path);
    const folded = below.map((part) => this.fold(part.condition, part.path));
    const trues = folded.filter((each) => each?.value === true);
    const falses = folded.filter((each) => each?.value === false);
    if (trues.length >= least)
      return { value: true, because: trues[0]?.because ?? `nothing has to be true at ${path}` };
    if (below.length - falses.length < least) {
      return {
        value: false,
        because: falses[0]?.because ?? `${least} of ${below.length} cannot be true at ${path}`,
      };
    }
    const conditions = below.map((part) => part.condition);
    const isAll = least === below.length;
    if (!isAll && least !== 1) return undefined;
    return (
      this.#foldOpposites(conditions, path, isAll) ??
      this.#foldLeaves(conditions, path, isAll ? "all" : "any")
    );
  }

  /** A condition and its `not`, side by side. */
  #foldOpposites(conditions: readonly Condition[], path: string, isAll: boolean): Constant | undefined {
    const keys = new Set(conditions.map(canonical));
    const opposite = conditions.some((each) => "not" in each && keys.has(canonical(each.not)));
    return opposite ? { value: !isAll, because: `a condition and its not stand at ${path}` } : undefined;
  }

  #foldLeaves(conditions: readonly Condition[], path: string, how: "all" | "any"): Constant | undefined {
    const groups = byMeasure(
      conditions.flatMap(how === "all" ? spread : same),
      this.#definition.measures ?? {},
    );
    if (how === "all" && groups.some(areContradictory))
      return { value: false, because: `no value satisfies the comparison at ${path}` };
    // Of a nested `all`, one part that is always true does not make the others so.
    const isOneLeaf = conditions.length === 1 && !("all" in conditions[0]!);
    if ((how === "any" || isOneLeaf) && groups.some(areExhaustive))
      return { value: true, because: `every value satisfies the comparison at ${path}` };
    return undefined;
  }
}

/** The conditions of an `all`, and of those right in it. */
function spread(condition: Condition): Condition[] {
  return "all" in condition ? condition.all.flatMap(spread) : [condition];
}

function same(condition: Condition): Condition[] {
  return [condition];
}

function takesNothing(selector: Selector): boolean {
  return foldFilter(filterOf(selector)) === false;
}

function nothing(path: string): Constant {
  return { value: false, because: `the filter of a selector at ${path} takes no event` };
}

function ofFilter(value: boolean | undefined, path: string): Constant | undefined {
  if (value === undefined) return undefined;
  return { value, because: `the filter at ${path} takes ${value ? "everything" : "nothing"}` };
}
