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
}

/** Keeps what a tag answers. It must answer every question, and never reject. */
export function followTag(tag: Promise<Murmur>): Answers {
  const known: Record<string, unknown> = {};
  const listeners = new Map<() => void, Question<unknown>>();
  /** Whether the tag answers for a profile of its own. Before, "in no segment" says no more than that it knows of none. */
  let isOwn = false;
  let isStale = false;
  let here: Murmur | undefined;

  const put = (said: readonly (readonly [key: string, answer: unknown])[]): void => {
    for (const [key, answer] of said)
      // An equal answer stays the same object, so that nobody renders anew for it.
      if (!(key in known) || JSON.stringify(known[key]) !== JSON.stringify(answer)) known[key] = answer;
    for (const listener of listeners.keys()) listener();
  };

  const ask = async (murmur: Murmur): Promise<Murmur> => {
    isStale = false;
    const asked = new Map([segments, slots, ...listeners.values()].map(({ key, ask }) => [key, ask]));
    const all = await Promise.all([...asked].map(async ([key, ask]) => [key, await ask(murmur)] as const));
    const said = all.filter(([key, answer]) => key !== slots.key || answer);
    // Without a profile, there is no answer to any of them, and no segment.
    isOwn ||= said.some(([, answer]) => [answer].flat()[0] !== undefined);
    if (isOwn) put(said);
    return murmur;
  };

  /** Asks again; from then on that the edge has answered, or a slot was decided, this device knows as much as they do. */
  const refresh = (answered?: unknown): void => {
    if (answered) isOwn = true;
    if (isStale) return;
    isStale = true;
    // One look at a time, and one more for all that has changed meanwhile.
    turn = turn.then(ask);
  };

  let turn = tag.then((murmur) => {
    here = murmur;
    murmur.on("change", refresh);
    murmur.on("slot", ({ slot, decision }) => {
      put([[slots.key, { ...(known[slots.key] as Slots), [slot]: decision }]]);
      refresh(slot);
    });
    // What the edge takes it answers with all it knows: from then on this device knows as much.
    murmur.use({ name: "answers", deliver: refresh });
    return murmur;
  });

  return {
    get: <Answer>({ key }: Question<Answer>, otherwise: Answer) =>
      key in known ? (known[key] as Answer) : otherwise,
    subscribe(listener, question) {
      listeners.set(listener, question);
      refresh();
      return () => void listeners.delete(listener);
    },
    track: async (...said) => (here ? here.track(...said) : void tag.then((murmur) => murmur.track(...said))),
  };
}
