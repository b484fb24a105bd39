/** What the process says to the script that started it. */
export const EXIT = {
  /** Done. */
  ok: 0,
  /** What was asked about is wrong: the definition does not compile, the worker refused it. */
  wrong: 1,
  /** It was asked for in a way that cannot be done: an unknown option, a file that is not there. */
  usage: 2,
  /** Done, but rows of the input were bad: they are counted and sampled in the answer. */
  badRows: 3,
} as const;

export type ExitCode = (typeof EXIT)[keyof typeof EXIT];
