import type { Rejection } from "../wire/check-entries.ts";
import { Problem, type ProblemCode } from "../wire/problem.ts";

/** Why a message was not taken. */
export interface Refused {
  reason: Rejection["reason"] | "forbidden" | "device_taken";
  /** The member at fault; empty when it is the whole. */
  path: string;
  /** What to mend. */
  message: string;
}

/** A refused message of a batch. */
export interface Refusal extends Refused {
  /** Its place in the batch. */
  index: number;
  /** Its messageId, where it has one. */
  id: string | null;
}

/** What is not named here is a request to be mended. */
const CODES: Readonly<Partial<Record<Refused["reason"], ProblemCode>>> = {
  too_large: "body_too_large",
  forbidden: "secret_key_required",
  device_taken: "device_taken",
};

/**
 * The problem of a call of which nothing could be taken. Its first message's says what kind it is; `place` says where in
 * the body a fault lies.
 */
export function refusedProblem(
  refusals: readonly [Refusal, ...Refusal[]],
  place: (refusal: Refusal) => string,
): Problem {
  const errors = refusals.map((refusal) => ({ path: place(refusal), message: refusal.message }));
  return new Problem(
    CODES[refusals[0].reason] ?? "invalid_request",
    "Nothing of it was taken: see errors for what to mend.",
    {
      errors,
    },
  );
}
