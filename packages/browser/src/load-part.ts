/**
 * Loads a file of the edge's that stands beside the tag; what it is there for is its default export. A module: no policy of the
 * page's (CSP, Trusted Types) stands against it that lets the tag itself in.
 */
export async function loadPart<Part>(edge: string, name: string): Promise<Part> {
  const file = `${edge.replace(/\/+$/, "")}/murmur-${name}.js`;
  return ((await import(/* @vite-ignore */ file)) as { default: Part }).default;
}
