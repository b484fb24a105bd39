import type { Answers, Bootstrap } from "@murmur/browser/answers";
import { createContext, useContext } from "react";

export interface MurmurContextValue {
  answers: Answers;
  bootstrap: Bootstrap;
}

export const MurmurContext = createContext<MurmurContextValue | undefined>(undefined);

/** What the nearest provider gives. Throws where there is none above. */
export function useMurmurContext(): MurmurContextValue {
  const value = useContext(MurmurContext);
  if (!value) throw new Error("no <MurmurProvider>");
  return value;
}
