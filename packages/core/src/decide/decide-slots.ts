import type { Context } from "../engine/context.ts";
import type { SlotContent } from "../definition/definition.ts";
import type { DeviceProfile } from "../engine/device-profile.ts";
import type { DeviceProgram } from "../engine/program.ts";

/** What a slot shows, and why. */
export interface SlotDecision {
  /** The variant's id; null for the fallback. */
  variant: string | null;
  content: SlotContent;
  /** For people. */
  why: string;
}

/**
 * Decides slots for a profile at its clock: the first variant whose `when` is true, else the fallback. A slot with
 * neither is left out: the page's own content stays. Names that the definition does not know are passed over.
 */
export function decideSlots(
  program: DeviceProgram,
  profile: DeviceProfile,
  names: Iterable<string> = program.plan.slots.map(([name]) => name),
  context?: Context,
): Record<string, SlotDecision> {
  const decisions: [string, SlotDecision][] = [];
  for (const name of names) {
    const decision = decideSlot(program, profile, name, context);
    if (decision) decisions.push([name, decision]);
  }
  return Object.fromEntries(decisions);
}

function decideSlot(
  program: DeviceProgram,
  profile: DeviceProfile,
  name: string,
  context: Context | undefined,
): SlotDecision | undefined {
  const slot = program.plan.slots.find(([known]) => known === name)?.[1];
  if (!slot) return undefined;
  const variant = slot.variants[profile.variantOf(name, context)];
  if (variant) return { variant: variant.id, content: variant.content, why: variant.why };
  return (
    slot.fallback && { variant: null, content: slot.fallback.content, why: "no variant's condition is true" }
  );
}
