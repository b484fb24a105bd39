import {
  decide as decideSlots,
  type Allocations,
  type Context,
  type Profile,
  type Scalar,
  type SlotDecision,
} from "@murmur/core";
import { edgeProgram } from "../definition.ts";
import { lookAt, type Profiled } from "./bring-up.ts";
import { mayListen } from "./consent.ts";

/** What somebody asks on a person's behalf. */
export interface DecideCall {
  /** On which of the person's devices; none where it is asked for the customer. */
  device?: string | undefined;
  /** Names of the slots; all of the definition's without them. */
  slots?: readonly string[] | undefined;
  /** Names of measures whose values are told, too. */
  measures?: readonly string[] | undefined;
  /** What is true of the visit. */
  context?: Context | undefined;
  /** What experiments assign the profile by. */
  unit: string;
  /** Shares of experiments' variants in place of their weights. */
  allocations?: Allocations | undefined;
}

export interface Decided {
  segments: string[];
  /** What each slot shows; those that keep the page's own content are left out. */
  slots: Record<string, SlotDecision>;
  /** The values of the measures that were asked for; one that has none is left out. */
  measures?: Record<string, Scalar>;
}

/** Decides slots for a profile as of `now`, ms, as far as the person allows it. */
export function decide(profiled: Profiled, call: DecideCall, now: number): Decided {
  const { store, keeper } = profiled;
  lookAt(profiled, now);
  return mayListen(store.devices(), call.device)
    ? decided(keeper.profile, call)
    : { segments: [], slots: {} };
}

/** The same for a person of whom nothing is known. */
export function decideForNobody(call: DecideCall, now: number): Decided {
  const profile = edgeProgram.profile();
  profile.advance(now);
  return decided(profile, call);
}

function decided(
  profile: Profile,
  { slots: names, measures, context, unit, allocations }: DecideCall,
): Decided {
  return {
    segments: profile.segments(context),
    slots: decideSlots(edgeProgram, profile, { names, context, unit, allocations }),
    ...(measures && { measures: valuesOf(profile, measures) }),
  };
}

function valuesOf(profile: Profile, names: readonly string[]): Record<string, Scalar> {
  const known = new Set(Object.keys(edgeProgram.definition.measures ?? {}));
  return Object.fromEntries(
    names.flatMap((name) => {
      const value = known.has(name) ? profile.measure(name) : undefined;
      return value === undefined ? [] : [[name, value]];
    }),
  );
}
