import type { Definition } from "./definition.ts";
import { milliseconds } from "./duration.ts";
import { parseInstant } from "./instant.ts";
import type { Schedule } from "./schedule.ts";
import type { SlotDefinition } from "./slot.ts";

/** A definition that was checked, whose schedules and timeouts are numbers: who decides slots needs to read no texts. */
export function inMilliseconds(definition: Definition): Definition {
  const { slots, experiments } = definition;
  return {
    ...definition,
    ...(slots && { slots: mapped(slots, ofSlot) }),
    ...(experiments && { experiments: mapped(experiments, scheduled) }),
  };
}

function ofSlot(slot: SlotDefinition): SlotDefinition {
  const { timeout, variants } = slot;
  return {
    ...scheduled(slot),
    variants: variants.map(scheduled),
    ...(timeout !== undefined && { timeout: milliseconds(timeout) }),
  };
}

function scheduled<Holder extends { schedule?: Schedule }>(holder: Holder): Holder {
  const { schedule } = holder;
  return schedule ? { ...holder, schedule: mapped(schedule, (instant) => parseInstant(instant)!) } : holder;
}

function mapped<Value, Made>(
  source: { readonly [key: string]: Value } | Schedule,
  make: (value: Value) => Made,
): { [key: string]: Made } {
  return Object.fromEntries(
    Object.entries(source).map(([key, value]): [string, Made] => [key, make(value as Value)]),
  );
}
