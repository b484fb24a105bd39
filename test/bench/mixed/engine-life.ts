import type { Entry, Program } from "@murmur/core";
import type { Contender } from "../one-more-event.ts";

/** The engine under a program, as a contender. */
export function engineLife(program: Program, measured: { lives: number; steps: number }): Contender<Entry> {
  return {
    name: "engine",
    ...measured,
    begin() {
      const profile = program.profile();
      const record = (entry: Entry) =>
        entry.type === "event" ? profile.record(entry) : profile.identify(entry);
      return { remember: record, record };
    },
  };
}
