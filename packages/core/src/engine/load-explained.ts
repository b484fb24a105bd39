import type { Definition } from "../definition/definition.ts";
import { Profile } from "./profile.ts";
import { Program } from "./program.ts";

/** `load`, whose profiles explain themselves: from a snapshot of a device's profile, why it is where it is. */
export function loadExplained(definition: Definition): Program {
  return new Program(definition, Profile);
}
