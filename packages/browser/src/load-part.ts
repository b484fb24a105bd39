/**
 * Loads a file of the edge's that stands beside the tag. A module: no policy of the page's (CSP, Trusted Types) stands
 * against it that lets the tag itself in.
 */
export async function loadPart<Part>(edge: string, name: string): Promise<Part> {
  return import(/* @vite-ignore */ `${edge}/murmur-${name}.js`);
}
