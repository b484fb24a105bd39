import type { Manifest } from "../definition/manifest.ts";
import { Profile } from "../engine/profile.ts";
import { Program } from "../engine/program.ts";
import { lowerJourneys } from "./lower-journeys.ts";

/** `loadExplained`, whose profiles also answer what the definition's journeys ask: at the edge, and in a dry run. */
export function loadWithJourneys(manifest: Manifest): Program {
  return new Program(manifest, Profile, lowerJourneys(manifest.definition));
}
