import type { Murmur } from "@murmur/browser";
import { answersOf, type Bootstrap } from "@murmur/browser/answers";
import { useMemo, type ReactElement, type ReactNode } from "react";
import { MurmurContext } from "./murmur-context.ts";

export interface MurmurProviderProps {
  /** What `init` of `@murmur/browser` has returned; without it, the page's script tag, also when that comes later. */
  murmur?: Murmur | undefined;
  /**
   * What the server has rendered the page by: the edge's answer to `POST /v1/slots`. Both renderings, the server's and the
   * browser's first, are of it; it stands until the tag has an answer itself.
   */
  bootstrap?: Bootstrap | undefined;
  children?: ReactNode;
}

/** Gives what is below it the tag's answers. A tag may come later than the first rendering; another `bootstrap` is not read. */
export function MurmurProvider({ murmur, bootstrap = {}, children }: MurmurProviderProps): ReactElement {
  const value = useMemo(
    () => ({ answers: answersOf(murmur), bootstrap }),
    // The page was rendered by one bootstrap, and may write it anew on every rendering.
    [murmur],
  );
  return <MurmurContext.Provider value={value}>{children}</MurmurContext.Provider>;
}
