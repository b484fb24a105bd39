import type { Json } from "@murmur/core";

/** A shorter part of a text V8 copies; for a longer one it keeps all of the text in memory. */
const CUT_OUT = 13;
/** How many texts that come again and again, as names of categories do, are at hand. */
const REMEMBERED = 4_096;

/** A text that keeps no other in memory: what is kept of a file must not keep the piece of the file that it was cut out of. */
export function ownText(text: string): string {
  return text.length < CUT_OUT ? text : Buffer.from(text).toString();
}

/** Gives values texts of their own, in place; one text for all that are the same. */
export class OwnTexts {
  readonly #known = new Map<string, string>();

  of(value: Json): Json {
    if (typeof value === "string") return this.#text(value);
    if (typeof value !== "object" || value === null) return value;
    const members = value as Record<string, Json>;
    for (const key of Object.keys(members)) {
      const member = members[key]!;
      if (typeof member !== "number") members[key] = this.of(member);
    }
    return value;
  }

  #text(text: string): string {
    if (text.length < CUT_OUT) return text;
    const known = this.#known.get(text);
    if (known !== undefined) return known;
    const own = ownText(text);
    if (this.#known.size >= REMEMBERED) this.#known.clear();
    this.#known.set(own, own);
    return own;
  }
}
