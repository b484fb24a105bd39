/** What one profile takes, measured: each figure names what measures it. The scale page is computed from them. */
export const PROFILE = {
  // `npm run load:shoppers -- --shoppers 300`: a shopper's visits of three days, which stand for an active month.
  calls: 12.4,
  events: 21.1,
  transitions: 9.2,
  devicesJoined: 1.6,
  bytes: 46_400,
  bytesOfJoinedDevice: 42_800,
  // The same with `--at-once 1`: the median of a call, from outside; the object is active for less of it. ms
  activeMs: 10,
} as const;

/** Rows that objects are billed for, at most; worker/test/billed-rows.test.ts holds the worker to them. */
export const ROWS = {
  ofCall: { read: 6, written: 2 },
  ofEvent: { read: 6, written: 2 },
  /** What time changes, all of it: stored, told to shard and queue, and the webhook delivered. */
  ofAlarm: { read: 60, written: 11 },
  /** Of a journey that begins or goes on at an alarm, beside the alarm's own. */
  ofJourney: { read: 40, written: 8 },
  /** Of one profile's change of membership, in its audience shard. */
  ofAudience: { read: 12, written: 8 },
  /** Of one profile's first look at an experiment, or conversion, in its experiment shard. */
  ofExperiment: { read: 5, written: 3 },
} as const;

/** Bytes of one profile's row and memberships in its audience shard, at most. */
export const AUDIENCE_BYTES = 600;
