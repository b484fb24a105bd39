import { loadExplained, type Explanation, type Manifest, type Snapshot } from "@murmur/core";

export { openFor } from "./debug/open-for.ts";
export { open } from "./debug/panel.ts";
export type { ConsentState, DebugSource, Look, LookRow } from "./debug/source.ts";

/**
 * What the tag loads when somebody asks for it, and not before: a page without questions pays for no answers. Why a
 * profile, which comes as its snapshot, is in a segment or not.
 */
export function explain(manifest: Manifest, snapshot: Snapshot, segmentId: string): Explanation | undefined {
  return loadExplained(manifest).profile(snapshot).explain(segmentId);
}
