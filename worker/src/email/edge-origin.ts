/** The origin at which the worker answers, by its own address (EDGE_URL): one of the web, without a path. None of any other text. */
export function edgeOrigin(address: string | undefined): string | undefined {
  const url = URL.parse(address ?? "");
  return url && /^https?:$/.test(url.protocol) && url.href === `${url.origin}/` ? url.origin : undefined;
}
