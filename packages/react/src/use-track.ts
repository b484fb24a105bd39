import type { Murmur } from "@murmur/browser";
import { useMurmurContext } from "./murmur-context.ts";

/** Records an event, as the tag's `track`; before there is a tag, the event waits for it, and who records does not. The same function on every rendering. */
export function useTrack(): Murmur["track"] {
  return useMurmurContext().answers.track;
}
