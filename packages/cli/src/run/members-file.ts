import { appendFileSync, writeFileSync } from "node:fs";
import type { Member } from "./member.ts";
import type { Watcher } from "./watcher.ts";

/** Characters that are written at once. */
const WRITTEN = 1 << 16;

/**
 * Writes who is in what at the end, a person a line: `{ "profile", "segments", "measures" }`. Written as the people are
 * let go, so that nothing of it stays in memory.
 */
export class MembersFile implements Watcher {
  readonly #file: string;
  readonly #measures: readonly string[];
  #text = "";

  constructor(file: string, measures: readonly string[]) {
    this.#file = file;
    this.#measures = measures;
    writeFileSync(file, "");
  }

  end({ id, profile }: Member): void {
    const measures = Object.fromEntries(this.#measures.map((name) => [name, profile.measure(name)]));
    this.#text += `${JSON.stringify({ profile: id, segments: profile.segments(), measures })}\n`;
    if (this.#text.length > WRITTEN) this.flush();
  }

  flush(): void {
    appendFileSync(this.#file, this.#text);
    this.#text = "";
  }
}
