import type { Entry } from "@murmur/core";
import type { Member } from "./member.ts";
import type { Watcher } from "./watcher.ts";

/** Names that are told of many. */
const TOLD = 5;

/** Hears every event's name: what a definition reads is taken whole, case and all, and so is easily missed. */
export class EventNames implements Watcher {
  readonly #heard = new Set<string>();

  entry(_member: Member, entry: Entry): void {
    if (entry.type === "event") this.#heard.add(entry.name);
  }

  /** What is to be said of the names that are read: that none is there, or which is there in other letters. */
  missed(read: readonly string[]): string[] {
    const missing = read.filter((name) => !this.#heard.has(name));
    if (this.#heard.size === 0 || missing.length === 0) return [];
    if (missing.length === read.length)
      return [
        `no event is called as in the definition (${told(read)}): the files have ${told([...this.#heard])}`,
      ];
    const heard = new Map([...this.#heard].map((name) => [lettersOf(name), name]));
    return missing.flatMap((name) => {
      const other = heard.get(lettersOf(name));
      // Who reads both writings means both.
      return other === undefined || read.includes(other)
        ? []
        : [`no event is called ${name}: the files have ${other}`];
    });
  }
}

function told(names: readonly string[]): string {
  return `${names.slice(0, TOLD).join(", ")}${names.length > TOLD ? ", …" : ""}`;
}

/** Letters and digits of a name, whatever their case and what is between them. */
function lettersOf(name: string): string {
  return name.toLowerCase().replace(/[^\p{L}\p{N}]/gu, "");
}
