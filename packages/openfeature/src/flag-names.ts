/** How long the edge may take, ms. */
const TIMEOUT = 10_000;

/** What there are flags of: a definition, as `murmur.config.ts` has it, or as the edge hands it out. */
export interface FlagNames {
  /** By id: boolean flags. */
  segments: Readonly<Record<string, unknown>>;
  /** By name: object flags. */
  slots?: Readonly<Record<string, unknown>> | undefined;
}

/** Without what is evaluated at the edge alone, of which a device knows nothing. */
export function knownOnDevices({ segments, slots = {} }: FlagNames): FlagNames {
  return { segments: withoutEdge(segments), slots: withoutEdge(slots) };
}

function withoutEdge(things: Readonly<Record<string, unknown>>): Readonly<Record<string, unknown>> {
  const isKnown = ([, thing]: [string, unknown]): boolean =>
    (thing as { evaluate?: unknown } | undefined)?.evaluate !== "edge";
  return Object.fromEntries(Object.entries(things).filter(isKnown));
}

/** What devices run of the definition in force at the edge. Throws where the edge is not reached, or does not answer with it in time. */
export async function fetchFlagNames(edge: string): Promise<FlagNames> {
  const manifests = `${edge.replace(/\/+$/, "")}/v1/manifest`;
  const { hash } = (await fetchJson(manifests)) as { hash?: string };
  const definition = (await fetchJson(`${manifests}/${hash}/definition`)) as Partial<FlagNames>;
  if (typeof definition.segments !== "object") throw new Error(`${manifests} has no definition`);
  return definition as FlagNames;
}

async function fetchJson(address: string): Promise<unknown> {
  const response = await fetch(address, { signal: AbortSignal.timeout(TIMEOUT) });
  if (!response.ok) throw new Error(`${address} has answered ${response.status}`);
  return response.json();
}
