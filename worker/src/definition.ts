import {
  compile,
  deviceDefinition,
  edgeDefinition,
  load,
  loadWithJourneys,
  manifestOf,
  readsOf,
  type Definition,
  type Manifest,
  type Program,
  type Reads,
} from "@murmur/core";
import config from "murmur.config";

/** What a definition comes to, here and on devices. */
interface InForce {
  /** As it was written. */
  definition: Definition;
  /** What the edge evaluates. */
  edgeProgram: Program;
  /** What devices evaluate. */
  manifest: Manifest;
  /** What of a log a device needs to know for that. */
  deviceReads: Reads;
}

function partsOf(definition: Definition): InForce {
  const manifest = manifestOf(deviceDefinition(definition));
  return {
    definition,
    edgeProgram: loadWithJourneys(manifestOf(edgeDefinition(definition))),
    manifest,
    deviceReads: readsOf(load(manifest)),
  };
}

/**
 * What the worker was deployed with. Checked as a whole, once, when the worker starts; what is wrong then stands in the log,
 * all of it.
 */
export const deployed: Manifest = manifestOf(compile(config).definition);

// Live bindings: who imports them always reads what is in force.
export let { definition, edgeProgram, manifest, deviceReads } = partsOf(deployed.definition);

/** Puts a definition in force in this isolate, which was checked. */
export function putInForce(checked: Definition): void {
  ({ definition, edgeProgram, manifest, deviceReads } = partsOf(checked));
}
