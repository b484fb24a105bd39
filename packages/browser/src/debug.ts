import { loadExplained, type Explanation } from "@murmur/core";
import { definitionAt } from "./debug/definition-at.ts";
import { openFor } from "./debug/open-for.ts";
import type { Device } from "./device/device.ts";

export { open } from "./debug/panel.ts";
export type { ConsentState, DebugSource, Look, LookRow } from "./debug/source.ts";

/** Why the device's profile is in a segment or not at this instant, by the definition that the edge has of it. */
async function explain(device: Device, edge: string, segmentId: string): Promise<Explanation | undefined> {
  await device.settled();
  const { state } = device;
  const snapshot = state.engine.profile?.snapshot();
  if (!snapshot) return undefined;
  const definition = await definitionAt(edge, snapshot.definition);
  const profile = loadExplained(definition).profile(snapshot);
  profile.advance(state.now());
  return profile.explain(segmentId);
}

/** What the tag loads when somebody asks for it, and not before: a page without questions pays for no answers. */
export default { explain, openFor };
