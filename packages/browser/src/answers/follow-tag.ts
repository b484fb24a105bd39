import type { Murmur } from "../murmur.ts";
import { segments, slots, type Question, type Slots } from "./question.ts";

/**
 * What a tag has answered last, to be read at once, for who cannot wait: a component that renders, a flag that is asked for.
 * It follows the tag for as long as the page lives; only what somebody listens to is asked for again.
 */
export interface Answers {
  /** The answer, or `otherwise` as long as the tag has none. The same object for as long as the answer is equal. */
  get<Answer>(question: Question<Answer>, otherwise: Answer): Answer;
  /** Calls `listener` whenever an answer may be another one; returns what ends that. All that is read then is of one instant. */
  subscribe(listener: () => void, question: Question<unknown>): () => void;
  /** Records an event, as soon as there is a tag; nobody waits for one that may be blocked. */
  readonly track: Murmur["track"];
  /** Gives the events that wait for the tag to another one, the first, and those that come until it is there. */
  readonly hand: (murmur: Murmur) => void;
}

/** Keeps what a tag answers. It must answer every question, and never reject. */
export function followTag(tag: Promise<Murmur>): Answers {
  const known: Record<string, unknown> = {};
  const listeners = new Map<() => void, Question<unknown>>();
  let isStale = false;
  let here: Murmur | undefined;
  let hand!: (murmur: Murmur) => void;
  /** Who takes events until the tag is here: the first that is handed over, or it. */
  const taker = new Promise<Murmur>((resolve) => (hand = resolve));

  const put = (said: readonly (readonly [key: string, answer: unknown])[]): void => {
    for (const [key, answer] of said)
      // An equal answer stays the same object, so that nobody renders anew for it.
      if (!(key in known) || JSON.stringify(known[key]) !== JSON.stringify(answer)) known[key] = answer;
    for (const listener of listeners.keys()) listener();
  };

  const ask = async (murmur: Murmur): Promise<Murmur> => {
    isStale = false;
    const asked = new Map([slots, segments, ...listeners.values()].map(({ key, ask }) => [key, ask]));
    const said = await Promise.all([...asked].map(async ([key, ask]) => [key, await ask(murmur)] as const));
    // What nobody listens to any more may be another one by now, or another customer's.
    for (const key in known) if (!asked.has(key)) known[key] = undefined;
    // Before there is a profile, and as long as nobody has refused it, "in no segment" says no more than that none is known.
    if (slots.key in known || said[0]![1] !== undefined) put(said);
    return murmur;
  };

  const refresh = (): void => {
    // One look at a time, and one more for all that has changed meanwhile.
    if (!isStale) turn = turn.then(ask);
    isStale = true;
  };

  let turn = tag.then((murmur) => {
    hand((here = murmur));
    murmur.on("change", refresh);
    murmur.on("slot", ({ slot, decision }) => {
      // Before the edge's first answer, it is not what holds.
      if (known[slots.key]) put([[slots.key, { ...(known[slots.key] as Slots), [slot]: decision }]]);
      refresh();
    });
    return murmur;
  });

  return {
    hand,
    get: <Answer>({ key }: Question<Answer>, otherwise: Answer) =>
      key in known ? (known[key] as Answer) : otherwise,
    subscribe(listener, question) {
      listeners.set(listener, question);
      refresh();
      return () => void listeners.delete(listener);
    },
    track: async (...said) => (here ? here.track(...said) : void taker.then((tag) => tag.track(...said))),
  };
}
