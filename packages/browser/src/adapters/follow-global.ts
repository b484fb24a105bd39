import { quietly } from "./quietly.ts";

/**
 * Calls `follow` with each object that stands, or later comes to stand, as a global of the page: scripts create their
 * globals late, and replace them. Returns what ends that, and all that `follow` has begun.
 */
export function followGlobal(name: string, follow: (value: object) => () => void): () => void {
  const page = window as unknown as Record<string, unknown>;
  const own = Object.getOwnPropertyDescriptor(page, name);
  // One that is declared with `var`, or that somebody else follows, is left as it is: what stands there has to do.
  const free = own?.configurable !== false && !own?.set;
  const ends = new Map<unknown, () => void>();
  let value = page[name];
  const set = quietly((next: unknown) => {
    value = next;
    if (typeof next === "object" && next && !ends.has(next)) ends.set(next, follow(next));
  });
  if (free)
    Object.defineProperty(page, name, { configurable: true, enumerable: true, get: () => value, set });
  set(value);
  return () => {
    ends.forEach((end) => end());
    if (!free) return;
    const now = page[name];
    delete page[name];
    if (now !== undefined) page[name] = now;
  };
}
