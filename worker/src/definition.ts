import {
  compile,
  deviceDefinition,
  edgeDefinition,
  load,
  loadWithJourneys,
  manifestOf,
  readsOf,
} from "@murmur/core";
import config from "murmur.config";

// Checked as a whole, once, when the worker starts; what is wrong then stands in the log, all of it.
const { definition } = compile(config);

/** What the edge evaluates. */
export const edgeProgram = loadWithJourneys(manifestOf(edgeDefinition(definition)));

/** What devices evaluate. */
export const manifest = manifestOf(deviceDefinition(definition));

/** What of a log a device needs to know for that. */
export const deviceReads = readsOf(load(manifest));
