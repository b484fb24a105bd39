import { decideSlots, type Definition, type SlotDecision, type Snapshot } from "@murmur/core";
import { pageContext } from "../capture/page-context.ts";
import type { Engine } from "./engine.ts";

/** What the slots show on this page. */
export function slotsHere({ program, profile }: Engine): Record<string, SlotDecision> {
  return program && profile ? decideSlots(program, profile, undefined, pageContext()) : {};
}

/** Ids of the segments that the profile is in on this page, sorted. */
export function segmentsHere({ profile }: Engine): string[] {
  return profile?.segments(pageContext()) ?? [];
}

/** The definition and the profile at this instant, for who wants to look into them. */
export function inspect(engine: Engine): { definition: Definition; snapshot: Snapshot } | undefined {
  engine.wake();
  const { program, profile } = engine;
  return program && profile && { definition: program.definition, snapshot: profile.snapshot() };
}
