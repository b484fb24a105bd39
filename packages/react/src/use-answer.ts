import type { Bootstrap, Question } from "@murmur/browser/answers";
import { useCallback, useSyncExternalStore } from "react";
import { useMurmurContext } from "./murmur-context.ts";

/** What `select` takes of the tag's answer to a question, and of what was known `before` it had one. */
export function useAnswer<Answer, Selected>(
  question: Question<Answer>,
  before: (bootstrap: Bootstrap) => Answer,
  select: (answer: Answer) => Selected,
): Selected {
  const { answers, bootstrap } = useMurmurContext();
  const first = before(bootstrap);
  return useSyncExternalStore(
    useCallback(
      (listener: () => void) => answers.subscribe(listener, question),
      // A question is its key: another object that has the same asks the same.
      [answers, question.key],
    ),
    () => select(answers.get(question, first)),
    () => select(first),
  );
}
