import type { Murmur } from "../murmur.ts";
import { followTag, type Answers } from "./follow-tag.ts";

const known = new WeakMap<object, Answers>();

/** Who waits for the script tag takes another that comes first. */
let give: ((murmur: Murmur) => void) | undefined;

/**
 * The answers of a tag, one for as long as the page lives; without one of the page's first, be it the script tag or one that is
 * handed over later. None on a server.
 */
export function answersOf(murmur?: Murmur): Answers {
  if (murmur) {
    give?.(murmur);
    known.delete(scriptTag);
  }
  const key = murmur ?? scriptTag;
  let answers = known.get(key);
  if (!answers)
    known.set(key, (answers = followTag(murmur ? Promise.resolve(murmur) : new Promise(scriptTag))));
  return answers;
}

/** Hands out the script tag, as soon as it is there: until then, the page's calls wait in an array. */
function scriptTag(found: (murmur: Murmur) => void): void {
  if (typeof window === "undefined") return;
  give = found;
  const page = window as unknown as { murmur?: { push(call: unknown[]): unknown } };
  (page.murmur ??= []).push(["ready", found]);
}
