import { loadExplained, type Explanation, type Snapshot } from "@murmur/core";
import { definitionAt } from "./debug/definition-at.ts";
import { openFor } from "./debug/open-for.ts";

export { open } from "./debug/panel.ts";
export type { ConsentState, DebugSource, Look, LookRow } from "./debug/source.ts";

/**
 * Why a profile, which comes as its snapshot, is in a segment or not, by the definition that the edge has of it.
 */
async function explain(
  edge: string,
  snapshot: Snapshot,
  segmentId: string,
): Promise<Explanation | undefined> {
  const definition = await definitionAt(edge, snapshot.definition);
  return loadExplained(definition).profile(snapshot).explain(segmentId);
}

/** What the tag loads when somebody asks for it, and not before: a page without questions pays for no answers. */
export default { explain, openFor };
