import type { Member } from "../run/member.ts";
import type { Watcher } from "../run/watcher.ts";

/** The stages of the preset `lifecycle`, in the order of a life. */
const LIFECYCLE = ["new-visitor", "first-time-buyer", "active", "loyal", "at-risk", "dormant"];

export interface StageFlowResult {
  /** Segment ids, in order. */
  stages: string[];
  /** For each stage, how many came to it first. */
  began: number[];
  /** How often somebody went from a stage, the row, to another, the column. */
  moves: number[][];
  /** How many are in each at the end. */
  now: number[];
}

/** The stages of a definition: those that were named, or those of a `lifecycle` preset, whatever its prefix. */
export function stagesOf(ids: readonly string[], named: readonly string[] | undefined): readonly string[] {
  if (named) return named;
  const [first = ""] = LIFECYCLE;
  const prefixes = ids.filter((id) => id.endsWith(first)).map((id) => id.slice(0, id.length - first.length));
  const prefix = prefixes.find((each) => LIFECYCLE.every((stage) => ids.includes(each + stage)));
  return prefix === undefined ? [] : LIFECYCLE.map((stage) => prefix + stage);
}

/** How people go from stage to stage. */
export class StageFlow implements Watcher {
  readonly #stages: readonly string[];
  /** The position of the stage that a segment is; -1 for the others. */
  readonly #stageOf: readonly number[];
  readonly #began: number[];
  readonly #moves: number[][];
  readonly #now: number[];

  constructor(ids: readonly string[], stages: readonly string[]) {
    this.#stages = stages;
    this.#stageOf = ids.map((id) => stages.indexOf(id));
    this.#began = Array<number>(stages.length).fill(0);
    this.#now = Array<number>(stages.length).fill(0);
    this.#moves = stages.map(() => Array<number>(stages.length).fill(0));
  }

  change(member: Member, segment: number, entered: boolean): void {
    const stage = this.#stageOf[segment]!;
    if (!entered || stage < 0) return;
    if (member.stage < 0) this.#began[stage]!++;
    else this.#moves[member.stage]![stage]!++;
    member.stage = stage;
  }

  end({ segments }: Member): void {
    for (const segment of segments) {
      const stage = this.#stageOf[segment]!;
      if (stage >= 0) this.#now[stage]!++;
    }
  }

  result(): StageFlowResult | undefined {
    if (this.#stages.length === 0) return undefined;
    return { stages: [...this.#stages], began: this.#began, moves: this.#moves, now: this.#now };
  }
}
