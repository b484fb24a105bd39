import type { Definition } from "@murmur/core";
import { isDeepStrictEqual } from "node:util";

/** A part of a definition that differs: `added`, `removed` or `changed`, and by which of its keys. */
export interface PartChange {
  section: "segments" | "measures" | "slots" | string;
  id: string;
  change: "added" | "removed" | "changed";
  before?: unknown;
  after?: unknown;
}

/** What differs between two definitions, part by part; words for people are parts of them, too. */
export function definitionDiff(before: Definition, after: Definition): PartChange[] {
  const sections = [...new Set([...Object.keys(before), ...Object.keys(after)])].sort();
  return [...sections.flatMap((section) => changesOf(section, before, after)), ...orderChange(before, after)];
}

function changesOf(section: string, before: Definition, after: Definition): PartChange[] {
  const old = partsOf(before, section);
  const now = partsOf(after, section);
  return [...new Set([...Object.keys(old), ...Object.keys(now)])].sort().flatMap((id): PartChange[] => {
    const [was, is] = [old[id], now[id]];
    if (isDeepStrictEqual(was, is)) return [];
    if (was === undefined) return [{ section, id, change: "added", after: is }];
    if (is === undefined) return [{ section, id, change: "removed", before: was }];
    return [{ section, id, change: "changed", before: was, after: is }];
  });
}

/** Of experiments on one slot, the first that takes somebody in decides it: another order is a change, too. */
function orderChange(before: Definition, after: Definition): PartChange[] {
  const [was, is] = [before, after].map(({ experiments }) => Object.keys(experiments ?? {})) as [
    string[],
    string[],
  ];
  const kept = was.filter((id) => is.includes(id));
  const unmoved = [...kept, ...is.filter((id) => !was.includes(id))];
  if (isDeepStrictEqual(is, unmoved)) return [];
  return [{ section: "experiments", id: "(order)", change: "changed", before: was, after: is }];
}

/** The parts of a section by their ids; a list, as of private events, by its values. */
function partsOf(definition: Definition, section: string): Record<string, unknown> {
  const value = (definition as unknown as Record<string, unknown>)[section];
  if (Array.isArray(value)) return Object.fromEntries(value.map((each) => [String(each), true]));
  return typeof value === "object" && value !== null ? (value as Record<string, unknown>) : {};
}
