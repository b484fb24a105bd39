import type { Context } from "../engine/context.ts";
import type { SlotContent } from "../definition/definition.ts";
import type { DeviceProfile } from "../engine/device-profile.ts";
import type { Program } from "../engine/program.ts";

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
  program: Program<DeviceProfile>,
  profile: DeviceProfile,
  names: Iterable<string> = Object.keys(program.definition.slots ?? {}),
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
  program: Program<DeviceProfile>,
  profile: DeviceProfile,
  name: string,
  context: Context | undefined,
): SlotDecision | undefined {
  const { slots = {} } = program.definition;
  const slot = Object.hasOwn(slots, name) ? slots[name] : undefined;
  if (!slot) return undefined;
  const variant = slot.variants[profile.variantOf(name, context)];
  if (variant) {
    const { when } = variant;
    const why =
      "segment" in when ? `in segment ${when.segment}` : `the condition of variant ${variant.id} is true`;
    return { variant: variant.id, content: variant.content, why };
  }
  return (
    slot.fallback && { variant: null, content: slot.fallback.content, why: "no variant's condition is true" }
  );
}
