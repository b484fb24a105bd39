import type { Properties } from "../murmur.ts";
import { specValue, text } from "./spec-value.ts";

/** Under which names somebody else has the spec's properties; empty, where under the spec's own. */
export type Names = Readonly<Record<string, string>>;

/** The spec's properties of what somebody else has said; what is not known there is left out. */
export function picked(source: unknown, names: Names): Properties {
  const properties: Properties = {};
  for (const name in names) {
    const known = specValue(name, text((source as Properties | null | undefined)?.[names[name] || name]));
    if (known !== undefined) properties[name] = known;
  }
  return properties;
}
