import {
  compile,
  definitionHash,
  deviceDefinition,
  edgeDefinition,
  loadExplained,
  loadWithJourneys,
  manifestOf,
  readsOf,
  type Definition,
  type Program,
} from "@murmur/core";
import config from "murmur.config";
import type { OnDevices } from "./profile/hand-down.ts";

/** What a definition comes to, here and on devices. */
function partsOf(definition: Definition) {
  const devicePart = deviceDefinition(definition);
  const manifest = manifestOf(devicePart);
  let deviceProgram: Program | undefined;
  const onDevices: OnDevices = {
    hash: manifest.hash,
    reads: readsOf(manifest),
    program: () => (deviceProgram ??= loadExplained(devicePart)),
  };
  return {
    /** As it was written. */
    definition,
    /** What the edge evaluates. */
    edgeProgram: loadWithJourneys(edgeDefinition(definition)),
    /** What devices evaluate, as it is written. */
    devicePart,
    /** That part planned, as they run it. */
    manifest,
    onDevices,
  };
}

// Checked as a whole, once, when the worker starts; what is wrong then stands in the log, all of it.
const { definition: written } = compile(config);

/** What the worker was deployed with, and the hash of the whole of it. */
export const deployed = { hash: definitionHash(written), definition: written };

// Live bindings: who imports them always reads what is in force.
export let { definition, edgeProgram, devicePart, manifest, onDevices } = partsOf(written);

/** Puts a definition in force in this isolate, which was checked. */
export function putInForce(checked: Definition): void {
  ({ definition, edgeProgram, devicePart, manifest, onDevices } = partsOf(checked));
}
