import { segments, slots, type Answers } from "@murmur/browser/answers";

/** How long the tag may take, ms: it may be blocked, and never come. */
const TIMEOUT = 10_000;

/** Resolves when the tag was asked once, and what it knows is known, or when it took too long. */
export function asked(answers: Answers): Promise<void> {
  return new Promise((resolve) => {
    setTimeout(resolve, TIMEOUT);
    const end = answers.subscribe(() => {}, {
      key: "asked",
      ask: async (murmur) => {
        // What decides slots may have to be loaded.
        await Promise.all([segments.ask(murmur), slots.ask(murmur)]);
        // After those who were asked at the same time.
        setTimeout(resolve);
        end();
      },
    });
  });
}
