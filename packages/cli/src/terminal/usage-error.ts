/** Something was asked for in a way that cannot be done: the message says what to write instead. */
export class UsageError extends Error {
  readonly code = "usage";
}
