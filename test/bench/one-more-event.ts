import { percentile } from "./figures.ts";

/** A profile, or what stands for one: someone's history, and what is asked of it at one more event. */
export interface Life<E> {
  /** Takes what is long past, nothing is asked. */
  remember(entry: E): unknown;
  /** Takes one more, all memberships up to date; a promise is waited for. */
  record(entry: E): unknown;
}

/** One of those that are measured side by side. */
export interface Contender<E> {
  name: string;
  /** How many lives a round measures. */
  lives: number;
  /** How many entries each takes in a round: enough for the clock to tell them from noise. */
  steps: number;
  begin(): Life<E>;
}

/** The entries of a life, one after the other without end. */
export type Stream<E> = (life: number, history: number) => Iterator<E, never>;

/**
 * What one more event costs each of them after each history, µs, by name. Lives and steps are the same at every history:
 * with fewer profiles after longer histories, it would be the machine's caches that are compared. A third as many rounds
 * as count go before them, to warm up.
 */
export async function oneMoreEvent<E>(
  contenders: readonly Contender<E>[],
  stream: Stream<E>,
  histories: readonly number[],
  rounds: number,
): Promise<Map<string, number[]>> {
  const costs = new Map(contenders.map(({ name }) => [name, histories.map((): number[] => [])]));
  const warmUp = Math.ceil(rounds / 3);
  for (let round = 0; round < warmUp + rounds; round++) {
    // All in each round, one after the other: what else the machine does meets everyone.
    for (const [at, history] of histories.entries()) {
      for (const contender of contenders) {
        const cost = await costOfRound(contender, stream, history);
        if (round >= warmUp) costs.get(contender.name)![at]!.push(cost);
      }
    }
  }
  // Every round does the same, and what else the machine does only ever adds: the quicker ones say more than the middle.
  return new Map([...costs].map(([name, own]) => [name, own.map((times) => percentile(times, 0.25))]));
}

/** µs an event. */
async function costOfRound<E>(
  { lives, steps, begin }: Contender<E>,
  stream: Stream<E>,
  history: number,
): Promise<number> {
  let time = 0;
  for (let at = 0; at < lives; at++) {
    const life = begin();
    const entries = stream(at, history);
    // What is measured lies around the length that is asked for, not behind it; as many steps go before it, unmeasured,
    // for a long past would else leave colder caches than a short one.
    const before = Math.max(0, history - Math.ceil(steps * 1.5));
    for (let entry = 0; entry < before; entry++) life.remember(entries.next().value);
    const [near, next] = [some(entries, steps), some(entries, steps)];
    for (const entry of near) await life.record(entry);
    const start = performance.now();
    for (const entry of next) {
      const answer = life.record(entry);
      if (answer instanceof Promise) await answer;
    }
    time += performance.now() - start;
  }
  return (time * 1_000) / (lives * steps);
}

function some<E>(entries: Iterator<E, never>, count: number): E[] {
  return Array.from({ length: count }, () => entries.next().value);
}
