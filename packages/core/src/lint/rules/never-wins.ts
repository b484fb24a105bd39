import { canonical } from "../../definition/canonical.ts";
import type { Definition } from "../../definition/definition.ts";
import { capsOf, type SlotDefinition } from "../../definition/slot.ts";
import type { LintFinding, LintRule } from "../finding.ts";
import { Folding } from "../fold.ts";

/** A variant that stands behind one which always comes first. */
export const neverWins: LintRule = (definition) =>
  Object.entries(definition.slots ?? {}).flatMap(([name, slot]) => hiddenIn(definition, name, slot));

function hiddenIn(definition: Definition, name: string, slot: SlotDefinition): LintFinding[] {
  const folding = new Folding(definition);
  const at = (position: number): string => `slots.${name}.variants[${position}]`;
  return slot.variants.flatMap(({ when, id }, position): LintFinding[] => {
    const before = slot.variants.findIndex(
      (other, first) =>
        first < position &&
        !other.schedule &&
        !capsOf(slot).some(({ variant }) => variant === other.id) &&
        (canonical(other.when) === canonical(when) || folding.fold(other.when, at(first))?.value === true),
    );
    if (before < 0) return [];
    const message = `${id} never wins: ${slot.variants[before]!.id}, which stands before it, always does. Put it before that, or take it out`;
    return [{ code: "never-wins", path: at(position), message, severity: "warning" }];
  });
}
