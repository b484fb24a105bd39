import type { compile, decide, DefinitionError, DeviceProfile } from "@murmur/core";
import type {
  Decision,
  DecisionVector,
  FilterVector,
  RefusalVector,
  Seen,
  Visit,
  VisitVector,
} from "./vectors.ts";

/** The engine as it is where the vectors run. */
export interface Core {
  compile: typeof compile;
  decide: typeof decide;
}

/** What is seen of a profile, as far as it is `asked`. */
export function seen(profile: DeviceProfile | undefined, asked: Seen): Seen {
  const names = Object.keys(asked.measures ?? {});
  return {
    ...(asked.segments && { segments: profile?.segments() ?? [] }),
    ...(asked.measures && {
      measures: Object.fromEntries(names.map((name) => [name, profile?.measure(name) ?? null])),
    }),
  };
}

/** The vector's filters with what they match and miss here, as properties and as traits. */
export function filterAnswers({ compile }: Core, { filters }: FilterVector): FilterVector["filters"] {
  return filters.map(({ filter, matches, misses }) => {
    const program = compile({
      segments: {
        properties: { count: { event: "E", where: filter }, gte: 1 },
        traits: { trait: filter },
      },
    });
    const taken = [...matches, ...misses].filter((value) => {
      const profile = program.profile();
      profile.record({ id: "1", name: "E", timestamp: 0, properties: value });
      profile.identify({ id: "2", timestamp: 0, traits: value });
      const segments = profile.segments();
      if (segments.length === 1) throw new Error(`${JSON.stringify(value)}: only as ${segments.join()}`);
      return segments.length === 2;
    });
    const missed = [...matches, ...misses].filter((value) => !taken.includes(value));
    return { filter, matches: taken, misses: missed };
  });
}

/** The vector's visits as they are here. */
export function visitAnswers(core: Core, { definition, entries, now, visits }: VisitVector): Visit[] {
  const program = core.compile(definition);
  const profile = program.profile();
  for (const entry of entries) {
    if (entry.type === "event") profile.record(entry);
    else profile.identify(entry);
  }
  if (entries.length > 0) profile.advance(now);
  return visits.map(({ context, slots }) => {
    const decisions = core.decide(program, profile, { context: context ?? undefined });
    const shown = Object.entries(decisions).map(([name, { variant }]) => [name, variant] as const);
    return {
      context,
      segments: profile.segments(context ?? undefined),
      ...(slots && { slots: Object.fromEntries(shown) }),
    };
  });
}

/** The vector's decisions as they are here. */
export function decisionAnswers(core: Core, { definition, entries, decisions }: DecisionVector): Decision[] {
  const program = core.compile(definition);
  const profile = program.profile();
  let taken = -Infinity;
  return decisions.map((asked) => {
    const { now, context, unit, allocations } = asked;
    for (const entry of entries.filter(({ timestamp }) => timestamp > taken && timestamp <= now)) {
      if (entry.type === "event") profile.record(entry);
      else profile.identify(entry);
    }
    taken = now;
    profile.advance(now);
    return { ...asked, slots: core.decide(program, profile, { context, unit, allocations }) };
  });
}

/** The vector's definitions with the paths of what is wrong with each here. */
export function refusals({ compile }: Core, { refused }: RefusalVector): RefusalVector["refused"] {
  return refused.map(({ definition }) => {
    try {
      compile(definition);
      return { definition, paths: [] };
    } catch (error) {
      return { definition, paths: (error as DefinitionError).issues.map(({ path }) => path).sort() };
    }
  });
}
