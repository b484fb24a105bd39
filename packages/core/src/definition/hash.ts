import { canonical } from "./canonical.ts";

export const FNV_BASIS = 0x811c9dc5;
const FNV_PRIME = 0x01000193;

/** FNV-1a, 32 bit, over UTF-16 code units (http://www.isthe.com/chongo/tech/comp/fnv/). */
export function fnv1a32(text: string, basis: number): number {
  let hash = basis;
  for (let i = 0; i < text.length; i++) hash = Math.imul(hash ^ text.charCodeAt(i), FNV_PRIME);
  return hash >>> 0;
}

/** The same as 8 hex digits. */
export function fnv1a(text: string, basis: number): string {
  return fnv1a32(text, basis).toString(16).padStart(8, "0");
}

/**
 * 16 hex digits that name a definition: two FNV-1a hashes of its canonical JSON, and of the order of its experiments where
 * that is another one, for the first of them decides a slot. It guards against mix-ups, not attacks.
 */
export function definitionHash(definition: unknown): string {
  const { experiments } = (definition ?? {}) as { experiments?: object };
  const order = canonical(Object.keys(experiments ?? {}));
  const sorted = canonical(Object.keys(experiments ?? {}).sort());
  const text = canonical(definition) + (order === sorted ? "" : order);
  return fnv1a(text, FNV_BASIS) + fnv1a(text, FNV_PRIME);
}
