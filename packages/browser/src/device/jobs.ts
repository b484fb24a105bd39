import { Turns } from "./turns.ts";

/** A piece of work, and what came of it. */
export interface Job<Work> {
  readonly work: Work;
  result?: unknown;
  isDone?: boolean;
}

/** Work that is done in turn; what waits at the same time is done together. */
export class Jobs<Work> extends Turns {
  readonly #run: (begin: () => readonly Job<Work>[]) => Promise<void>;
  /** What waits; begun anew where something else comes between. */
  #waiting: Job<Work>[] = [];

  /** `run` asks for the jobs when it can begin with them, and notes what came of each. */
  constructor(run: (begin: () => readonly Job<Work>[]) => Promise<void>) {
    super();
    this.#run = run;
  }

  /** Resolves to what came of the work. Where the work of several fails, each is done anew, alone: a fault is its own. */
  do(work: Work): Promise<unknown> {
    const waiting = this.#waiting;
    const own: Job<Work> = { work };
    waiting.push(own);
    return super.take(async () => {
      const jobs: Job<Work>[] = [];
      const begin = (): readonly Job<Work>[] => {
        jobs.push(...waiting.splice(0));
        return jobs;
      };
      try {
        if (!own.isDone) await this.#run(begin);
      } catch (error) {
        if (own.isDone || jobs.length < 2) throw error;
        waiting.unshift(...jobs.filter((job) => job !== own));
        await this.#run(() => [own]);
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
