import { decideSlots, type Context, type Plan, type Refine, type SlotDecision } from "@murmur/core";
import { pageContext } from "../capture/page-context.ts";
import type { DeviceState } from "./device-state.ts";
import type { Engine } from "./engine.ts";

/** What the slots show on this page, as far as `refine` decides them. */
export function slotsHere(
  { engine: { program, profile }, meta }: DeviceState,
  refine: Refine,
): Record<string, SlotDecision> {
  // As long as the edge has not said what the profile is assigned by, the device is a profile of its own.
  const { device, unit = device, allocations } = meta;
  return program && profile
    ? decideSlots(program.slots, profile, { context: contextFor(program.plan), unit, allocations }, refine)
    : {};
}

/** Ids of the segments that the profile is in on this page, sorted. */
export function segmentsHere({ program, profile }: Engine): string[] {
  return program && profile ? profile.segments(contextFor(program.plan)) : [];
}

/** To know the timezone alone takes a browser some 20 ms: it is asked for only where somebody wants to know. */
function contextFor({ kept, nodes, context }: Plan): Context | undefined {
  return context || kept < nodes.length ? pageContext() : undefined;
}
