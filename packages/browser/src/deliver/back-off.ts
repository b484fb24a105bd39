const FIRST = 1_000;
const LONGEST = 300_000;

/**
 * How long to wait after the given number of failures in a row, ms: doubling from 1 s to 5 min, each time spread over
 * the upper half so that many devices do not come back at once. `spread` is from 0 to 1.
 */
export function backOff(failures: number, spread: number): number {
  const longest = Math.min(FIRST * 2 ** (failures - 1), LONGEST);
  return longest * (0.5 + spread / 2);
}

/** The wait that a Retry-After header asks for (RFC 9110, section 10.2.3), ms; 0 when there is none to read. */
export function retryAfter(header: string | null, now: number): number {
  // Seconds, or a date: none, or a blank one, is neither.
  return Math.max(0, Number(header) * 1_000 || Date.parse(header!) - now || 0);
}
