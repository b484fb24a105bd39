import type { OpenProfile } from "./open-profile.ts";
import type { Inspection } from "./profile-face.ts";
import { storedState } from "./saved-profile.ts";

/** A profile as it is stored. */
export function inspectionOf({ store, program, clock }: OpenProfile): Inspection {
  const { segments, nextChange } = storedState(store, program);
  return {
    now: clock.now(),
    segments,
    nextChange: nextChange ?? null,
    transitions: store.transitions(100),
    entries: store.size().entries,
  };
}
