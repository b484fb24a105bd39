import type { Entry } from "@murmur/core";
import { Readable } from "node:stream";
import type { InputSummary } from "../../src/input/input-summary.ts";
import { readEntries, type EntriesOptions } from "../../src/input/read-entries.ts";

export interface Read {
  entries: [profile: string, entry: Entry][];
  input: InputSummary;
}

/** What is read of files, in the order in which it is handed on. */
export async function readFiles(files: string[], more: Partial<EntriesOptions> = {}): Promise<Read> {
  const begin = () => ({
    entries: [] as [string, Entry][],
    take(profile: string, entry: Entry) {
      this.entries.push([profile, entry]);
      return true;
    },
    close() {},
  });
  const options: EntriesOptions = { files, order: "auto", stdin: Readable.from([]), ...more };
  const { taker, input } = await readEntries(options, begin);
  return { entries: taker.entries, input };
}
