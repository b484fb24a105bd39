import { Turns } from "./turns.ts";

/** A piece of work, and what came of it. */
export interface Job<Work> {
  readonly work: Work;
  result?: unknown;
  isDone?: boolean;
}

/** Work that is done in turn; what waits at the same time is done together. */
export class Jobs<Work> extends Turns {
  readonly #run: (jobs: readonly Job<Work>[]) => Promise<void>;
  /** What waits; begun anew where something else comes between. */
  #waiting: Job<Work>[] = [];

  /** `run` notes what came of each job. */
  constructor(run: (jobs: readonly Job<Work>[]) => Promise<void>) {
    super();
    this.#run = run;
  }

  /** Resolves to what came of the work. Where the work of several fails, each is done anew, alone: a fault is its own. */
  do(work: Work): Promise<unknown> {
    const waiting = this.#waiting;
    const own: Job<Work> = { work };
    waiting.push(own);
    return super.take(async () => {
      const jobs = own.isDone ? [] : waiting.splice(0);
      try {
        if (jobs.length > 0) await this.#run(jobs);
      } catch (error) {
        if (own.isDone || jobs.length < 2) throw error;
        waiting.unshift(...jobs.filter((job) => job !== own));
        await this.#run([own]);
      }
      return own.result;
    });
  }

  /** Between what was asked for before and what comes later. */
  override take<Result>(work: () => Promise<Result>): Promise<Result> {
    this.#waiting = [];
    return super.take(work);
  }
}
