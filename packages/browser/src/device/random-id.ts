/** 128 random bits as 32 hex digits: an id that nobody else has and nobody can guess. */
export function randomId(): string {
  // Not by `Array.from`: old libraries have one of their own, which knows no second argument.
  return [...crypto.getRandomValues(new Uint8Array(16))]
    .map((byte) => byte.toString(16).padStart(2, "0"))
    .join("");
}
