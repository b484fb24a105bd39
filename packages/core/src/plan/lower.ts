import type { Definition } from "../definition/definition.ts";

/**
 * Says what a definition has beside conditions over measures in just these, before it is planned: segments keep their
 * ids, slots their variants in order. There is nothing of the kind yet.
 */
export function lower(definition: Definition): Definition {
  return definition;
}
