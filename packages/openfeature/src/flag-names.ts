/** What there are flags of: a definition, as `murmur.config.ts` has it, or as the edge hands it out. */
export interface FlagNames {
  /** By id: boolean flags. */
  segments: Readonly<Record<string, unknown>>;
  /** By name: object flags. */
  slots?: Readonly<Record<string, unknown>> | undefined;
}

/** The definition in force at the edge. Throws where the edge is not reached, or does not answer with one. */
export async function fetchFlagNames(edge: string): Promise<FlagNames> {
  const response = await fetch(`${edge}/v1/manifest`);
  const { definition } = (await response.json()) as { definition?: FlagNames };
  if (!response.ok || typeof definition?.segments !== "object")
    throw new Error(`${edge}/v1/manifest has answered ${response.status} and no definition`);
  return definition;
}
