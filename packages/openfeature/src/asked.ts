import { segments, slots, type Answers } from "@murmur/browser/answers";

/** Resolves when the tag was asked once, and what it knows is known. */
export function asked(answers: Answers): Promise<void> {
  return new Promise((resolve) => {
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
