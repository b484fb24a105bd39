import type { Transition } from "@murmur/core";
import { bringUp } from "./bring-up.ts";
import { movedTo } from "./join.ts";
import type { OpenProfile } from "./open-profile.ts";

/** Brings a profile up to the present, where it is not part of another one. */
export function settle(open: OpenProfile): Transition[] {
  return movedTo(open.store) === undefined ? bringUp(open, open.clock.now()) : [];
}
