/**
 * What came of a call: the receiver has it; or it has not, and may have said when to come back, in seconds; or it never will,
 * whatever is tried.
 */
export type Received =
  { received: true } | { received: false; retryAfter?: number } | { received: false; final: true };

/** Answers that may be others at another time, though they are the caller's fault by their number. */
const PASSING: ReadonlySet<number> = new Set([401, 402, 403, 404, 408, 409, 425, 429]);

/**
 * What an answer says. Busy (429) or broken (5xx), it is to be tried again; so it is where a key or an address may just be
 * set wrongly (401, 403, 404), or a bill is open (402). Any other 4xx means the call itself, which stays what it is.
 */
export function receivedBy(answer: Response, isPassing = false): Received {
  const { status } = answer;
  if (answer.ok) return { received: true };
  if (status >= 400 && status < 500 && !PASSING.has(status) && !isPassing)
    return { received: false, final: true };
  const seconds = retryAfter(answer.headers.get("retry-after"), Date.now());
  return { received: false, ...(seconds !== undefined && { retryAfter: seconds }) };
}

/** Seconds of a Retry-After: a number of them, or a date (RFC 9110, 10.2.3). */
function retryAfter(header: string | null, now: number): number | undefined {
  if (header === null) return undefined;
  if (/^\d{1,6}$/.test(header)) return Number(header);
  const at = Date.parse(header);
  return at > now ? Math.min(999_999, Math.ceil((at - now) / 1_000)) : undefined;
}
