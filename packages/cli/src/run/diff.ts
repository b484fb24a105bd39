import { compile, type Definition, type Entry, type Explanation, type Profile } from "@murmur/core";
import { readEntries, type EntriesOptions, type EntryTaker } from "../input/read-entries.ts";
import type { InputSummary } from "../input/input-summary.ts";
import { Population } from "./population.ts";
import type { Member } from "./member.ts";

/** People whose reasons are kept, of each segment and each way. */
const EXAMPLES = 3;

/** Somebody who would come or go, and what says so: before and after. */
export interface DiffExample {
  profile: string;
  before?: Explanation;
  after?: Explanation;
}

export interface SegmentDiff {
  id: string;
  /** `new`: only the new definition has it; `gone`: only the old one. */
  kind: "new" | "gone" | "both";
  before: number;
  after: number;
  enters: number;
  leaves: number;
  entering: DiffExample[];
  leaving: DiffExample[];
}

export interface DiffResult {
  input: InputSummary;
  people: number;
  asOf: number;
  /** Those in which something changes, or that are new or gone. */
  segments: SegmentDiff[];
  /** How many are as they were. */
  unchanged: number;
}

/** Runs two definitions over the same people, and tells who would be in which segment instead. */
export async function diff(
  before: Definition,
  after: Definition,
  options: Omit<EntriesOptions, "reads"> & { asOf?: number | undefined },
): Promise<DiffResult> {
  const programs = { before: compile(before), after: compile(after) };
  const { taker, input } = await readEntries(
    // What either of the two reads has to be made: everything, then.
    { ...options },
    () => new TwoPopulations(programs, options.asOf),
  );
  const segments = [...taker.segments.values()];
  const isChanged = ({ kind, enters, leaves }: SegmentDiff): boolean =>
    kind !== "both" || enters + leaves > 0;
  const changed = segments.filter(isChanged).sort((a, b) => b.enters + b.leaves - a.enters - a.leaves);
  return {
    input,
    people: taker.people,
    asOf: taker.ended,
    segments: changed,
    unchanged: segments.length - changed.length,
  };
}

type Programs = Record<"before" | "after", ReturnType<typeof compile>>;

/** Everybody twice, and compared when they are let go. */
class TwoPopulations implements EntryTaker {
  readonly #before: Population;
  readonly #after: Population;
  readonly #waiting = new Map<string, Profile>();
  readonly segments: Map<string, SegmentDiff>;

  constructor({ before, after }: Programs, asOf: number | undefined) {
    const ids = [
      ...new Set([...Object.keys(before.definition.segments), ...Object.keys(after.definition.segments)]),
    ];
    this.segments = new Map(
      ids.map((id) => {
        const was = Object.hasOwn(before.definition.segments, id);
        const is = Object.hasOwn(after.definition.segments, id);
        const kind = was && is ? "both" : is ? "new" : "gone";
        return [id, { id, kind, before: 0, after: 0, enters: 0, leaves: 0, entering: [], leaving: [] }];
      }),
    );
    // The first lets all go before the second does: what is compared is what both are at the end.
    const keep = { end: ({ id, profile }: Member) => void this.#waiting.set(id, profile) };
    const compare = { end: ({ id, profile }: Member) => this.#compare(id, profile) };
    this.#before = new Population({ program: before, watchers: [keep], asOf });
    this.#after = new Population({ program: after, watchers: [compare], asOf });
  }

  get people(): number {
    return this.#after.people;
  }

  get ended(): number {
    return this.#after.ended;
  }

  take(profile: string, entry: Entry): boolean {
    const first = this.#before.take(profile, entry);
    return this.#after.take(profile, entry) && first;
  }

  close(latest: number): void {
    this.#before.close(latest);
    this.#after.close(latest);
    this.#waiting.clear();
  }

  #compare(id: string, after: Profile): void {
    const before = this.#waiting.get(id)!;
    const was = new Set(before.segments());
    const is = new Set(after.segments());
    for (const segment of new Set([...was, ...is])) {
      const change = this.segments.get(segment)!;
      if (was.has(segment)) change.before++;
      if (is.has(segment)) change.after++;
      if (was.has(segment) === is.has(segment)) continue;
      if (is.has(segment)) change.enters++;
      else change.leaves++;
      const examples = is.has(segment) ? change.entering : change.leaving;
      if (examples.length < EXAMPLES) examples.push(exampleOf(id, segment, before, after));
    }
  }
}

function exampleOf(profile: string, segment: string, before: Profile, after: Profile): DiffExample {
  const [was, is] = [before.explain(segment), after.explain(segment)];
  return { profile, ...(was && { before: was }), ...(is && { after: is }) };
}
