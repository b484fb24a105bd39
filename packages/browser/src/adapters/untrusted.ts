/** What the page or somebody else made: any shape at all. Reading it may throw, so `quietly` is around whatever does. */
export interface Untrusted {
  readonly [key: string]: Untrusted | undefined;
}
