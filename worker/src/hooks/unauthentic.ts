import { Problem } from "../wire/problem.ts";

/** The problem of a call that its provider did not send. One answer for every cause: a stranger learns nothing from it. */
export function unauthentic(): Problem {
  return new Problem(
    "signature_invalid",
    "The call must bear the provider's own signature, and be fresh: compare the secret here with the provider's.",
  );
}

/** A setting that a provider's signature is checked with, or the problem that it is not there. */
export function settingOf(value: string | undefined, name: string): string {
  if (value) return value;
  throw new Problem("signature_invalid", `This worker has no ${name}: set it to receive these webhooks.`);
}

/** Whether an instant lies within so many ms of now, either side. */
export function isFresh(instant: number, now: number, within: number): boolean {
  return Math.abs(now - instant) <= within;
}
