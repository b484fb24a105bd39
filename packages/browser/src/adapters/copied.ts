import type { Properties } from "../murmur.ts";
import { specValue } from "./spec-value.ts";

/**
 * A copy as JSON, without what is undefined, and with numbers where the spec has numbers. Throws for what is no JSON: what
 * holds itself, or does not let itself be read.
 */
export function copied(properties: object): Properties {
  return JSON.parse(JSON.stringify(properties), specValue) as Properties;
}
