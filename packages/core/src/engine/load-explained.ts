import type { Definition } from "../definition/definition.ts";
import { ExplainedProfile } from "./explained-profile.ts";
import { Program } from "./program.ts";

/** `load`, whose profiles explain themselves: from a snapshot of a device's profile, why it is where it is. */
export function loadExplained(definition: Definition): Program<ExplainedProfile> {
  return new Program(definition, ExplainedProfile);
}
