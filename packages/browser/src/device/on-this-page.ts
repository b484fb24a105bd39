import {
  decide,
  type Context,
  type Definition,
  type Manifest,
  type SlotDecision,
  type Snapshot,
} from "@murmur/core";
import { pageContext } from "../capture/page-context.ts";
import type { Engine } from "./engine.ts";

/** Whether a definition asks for the visit's context at all. */
const asks = new WeakMap<Definition, boolean>();

/** What the slots show on this page. */
export function slotsHere({ program, profile }: Engine): Record<string, SlotDecision> {
  return program && profile ? decide(program, profile, { context: contextFor(program.definition) }) : {};
}

/** Ids of the segments that the profile is in on this page, sorted. */
export function segmentsHere({ program, profile }: Engine): string[] {
  return program && profile ? profile.segments(contextFor(program.definition)) : [];
}

/** To know the timezone alone takes a browser some 20 ms: it is asked for only where somebody wants to know. */
function contextFor(definition: Definition): Context | undefined {
  if (!asks.has(definition)) asks.set(definition, JSON.stringify(definition).includes('"context":'));
  return asks.get(definition) ? pageContext() : undefined;
}

/** The definition and the profile at this instant, for who wants to look into them. */
export function inspect(engine: Engine): { manifest: Manifest; snapshot: Snapshot } | undefined {
  engine.wake();
  const { program, profile } = engine;
  return program && profile && { manifest: program, snapshot: profile.snapshot() };
}
