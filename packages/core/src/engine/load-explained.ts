import type { Manifest } from "../definition/manifest.ts";
import { Profile } from "./profile.ts";
import { Program } from "./program.ts";

/** `load`, whose profiles explain themselves: from a snapshot of a device's profile, why it is where it is. */
export function loadExplained(manifest: Manifest): Program {
  return new Program(manifest, Profile);
}
