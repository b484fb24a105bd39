import {
  compile,
  deviceDefinition,
  edgeDefinition,
  loadWithJourneys,
  manifestOf,
  readsOf,
} from "@murmur/core";
import config from "murmur.config";

// Checked as a whole, once, when the worker starts; what is wrong then stands in the log, all of it.
const { definition } = compile(config);

/** What the edge evaluates. */
export const edgeProgram = loadWithJourneys(edgeDefinition(definition));

/** What devices evaluate, as it is written. */
export const devicePart = deviceDefinition(definition);

/** That part planned, as they run it. */
export const manifest = manifestOf(devicePart);

/** What of a log a device needs to know for that. */
export const deviceReads = readsOf(manifest);
