import type { Definition, Entry, Transition } from "@murmur/core";

/** A definition, what its host meets one after the other, and what must come of it wherever it runs. */
export interface ParityCase {
  definition: Definition;
  /** At `now`, ms, by the host's clock: an entry arrives, or time has just passed. */
  steps: { now: number; entry?: Entry }[];
  expected: { transitions: Transition[]; segments: string[] };
}

/** Every case in `cases/`, by its file's name. An operator joins with a file of its own. */
export const parityCases: [name: string, parityCase: ParityCase][] = Object.entries(
  import.meta.glob<ParityCase>("./cases/*.json", { eager: true, import: "default" }),
);
