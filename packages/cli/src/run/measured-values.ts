import { compile, readsOf, type Definition } from "@murmur/core";
import type { InputSummary } from "../input/input-summary.ts";
import { readEntries, type EntriesOptions } from "../input/read-entries.ts";
import { Population } from "./population.ts";

/** What measures are of everybody at the end of the files. */
export interface MeasuredValues {
  input: InputSummary;
  people: number;
  asOf: number;
  /** By the measure's name: the numbers of those of whom it is not missing, ascending. */
  values: Map<string, Float64Array>;
}

type Measures = NonNullable<Definition["measures"]>;

/** Measures everybody of whom `present` is not missing, where it is named, at an instant or at the last entry. */
export async function measuredValues(
  measures: Measures,
  options: Omit<EntriesOptions, "reads"> & { asOf?: number | undefined },
  present?: string,
): Promise<MeasuredValues> {
  const program = compile({ segments: {}, measures });
  const names = Object.keys(measures);
  const { taker, input } = await readEntries({ ...options, reads: readsOf(program) }, () => {
    const found = new Map(names.map((name) => [name, [] as number[]]));
    const watcher = {
      end({ profile }: { profile: { measure(name: string): unknown } }) {
        if (present !== undefined && profile.measure(present) === undefined) return;
        for (const [name, values] of found) {
          const value = profile.measure(name);
          if (typeof value === "number") values.push(value);
        }
      },
    };
    return Object.assign(new Population({ program, watchers: [watcher], asOf: options.asOf }), { found });
  });
  const values = new Map([...taker.found].map(([name, found]) => [name, Float64Array.from(found).sort()]));
  return { input, people: taker.people, asOf: taker.ended, values };
}
