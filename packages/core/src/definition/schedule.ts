/** An instant: ISO 8601 with a zone, as `"2026-11-27T00:00:00Z"` or `"2026-11-27T00:00+01:00"`; or ms since 1970, UTC. */
export type Instant = string | number;

/** Open at t when `from <= t < to`; an end that is left out is always open. At least one stands. */
export interface Schedule {
  from?: Instant;
  to?: Instant;
}
