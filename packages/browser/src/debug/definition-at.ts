import type { Definition } from "@murmur/core";

/** How long the edge may take, ms. */
const TIMEOUT = 10_000;

/** What was asked for, by its address. */
const asked = new Map<string, Promise<Definition>>();

/**
 * The definition of that hash as it is written, of which devices hold the plan alone. It is asked for once; throws where
 * the edge does not answer, or has another one in force.
 */
export async function definitionAt(edge: string, hash: string): Promise<Definition> {
  const url = `${edge.replace(/\/+$/, "")}/v1/manifest/${hash}/definition`;
  const known = asked.get(url) ?? read(url);
  asked.set(url, known);
  try {
    return await known;
  } catch (cause) {
    asked.delete(url);
    throw cause;
  }
}

async function read(url: string): Promise<Definition> {
  const response = await fetch(url, { signal: AbortSignal.timeout(TIMEOUT) });
  if (!response.ok) throw new Error(`the edge has no such definition: ${response.status}`);
  return (await response.json()) as Definition;
}
