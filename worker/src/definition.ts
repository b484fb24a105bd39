import { compile, deviceDefinition, edgeDefinition, load, loadExplained, readsOf } from "@murmur/core";
import config from "murmur.config";

// Checked as a whole, once, when the worker starts; what is wrong then stands in the log, all of it.
const { definition } = compile(config);

/** What the edge evaluates. */
export const edgeProgram = loadExplained(edgeDefinition(definition));

const deviceProgram = load(deviceDefinition(definition));

/** What devices evaluate. */
export const manifest = { hash: deviceProgram.hash, definition: deviceProgram.definition };

/** What of a log a device needs to know for that. */
export const deviceReads = readsOf(deviceProgram);
