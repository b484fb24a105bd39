import type { Murmur } from "../murmur.ts";
import { followTag, type Answers } from "./follow-tag.ts";

const known = new WeakMap<object, Answers>();

/** The answers of a tag, one for as long as the page lives; of the page's script tag without one. None on a server. */
export function answersOf(murmur?: Murmur): Answers {
  const key = murmur ?? scriptTag;
  let answers = known.get(key);
  if (!answers)
    known.set(key, (answers = followTag(murmur ? Promise.resolve(murmur) : new Promise(scriptTag))));
  return answers;
}

/** Hands out the script tag, as soon as it is there: until then, the page's calls wait in an array. */
function scriptTag(found: (murmur: Murmur) => void): void {
  if (typeof window === "undefined") return;
  const page = window as unknown as { murmur?: { push(call: unknown[]): unknown } };
  (page.murmur ??= []).push(["ready", found]);
}
