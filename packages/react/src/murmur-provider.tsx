import type { Murmur } from "@murmur/browser";
import { answersOf, type Bootstrap } from "@murmur/browser/answers";
import { useState, type ReactElement, type ReactNode } from "react";
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

/** Gives what is below it the tag's answers. It stays with what it is given first, as a page has one tag. */
export function MurmurProvider({ murmur, bootstrap = {}, children }: MurmurProviderProps): ReactElement {
  const [value] = useState(() => ({ answers: answersOf(murmur), bootstrap }));
  return <MurmurContext.Provider value={value}>{children}</MurmurContext.Provider>;
}
