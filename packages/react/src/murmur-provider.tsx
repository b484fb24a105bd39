import type { Murmur } from "@murmur/browser";
import { answersOf, type Bootstrap } from "@murmur/browser/answers";
import { useMemo, useRef, type ReactElement, type ReactNode } from "react";
import { MurmurContext } from "./murmur-context.ts";

export interface MurmurProviderProps {
  /** What `init` of `@murmur/browser` has returned; without it, the page's script tag, also when that comes later. */
  murmur?: Murmur | undefined;
  /**
   * What the server has rendered the page by: the edge's answer to `POST /v1/slots`. Both renderings, the server's and the
   * browser's first, are of it; it stands until the tag has an answer itself, or the visitor says no.
   */
  bootstrap?: Bootstrap | undefined;
  children?: ReactNode;
}

/** Gives what is below it the tag's answers. A tag may come later than the first rendering; another `bootstrap` is not read. */
export function MurmurProvider({ murmur, bootstrap = {}, children }: MurmurProviderProps): ReactElement {
  const answers = answersOf(murmur);
  const first = useRef(answers);
  const value = useMemo(() => {
    // What happened before the page had its tag, as in a part that is loaded later, is that tag's.
    if (murmur) first.current.hand(murmur);
    return { answers, bootstrap };
    // The page was rendered by one bootstrap, and may write it anew on every rendering.
  }, [answers]);
  return <MurmurContext.Provider value={value}>{children}</MurmurContext.Provider>;
}
