import { createServer } from "node:http";
import type { AddressInfo } from "node:net";

/** Pages with the tag and nothing else, so that every event on them is the test's own. */
export interface BareSite {
  url: string;
  close(): Promise<void>;
}

/**
 * Any path is a page with the tag, by its defaults but for consent; `/plain` is one without it. `?identity=` has the signed-in
 * customer's token, `?capture=false` records nothing by itself.
 */
export async function startBareSite(edge: () => string): Promise<BareSite> {
  const server = createServer((request, response) => {
    const { pathname, searchParams } = new URL(`http://site${request.url}`);
    const data = [...searchParams].map(([name, value]) => `data-${name}="${value}"`).join(" ");
    const tag = `<script async src="${edge()}/murmur.js" data-consent="opt-out" ${data}></script>`;
    response.writeHead(200, { "content-type": "text/html; charset=utf-8" });
    response.end(
      `<!doctype html><html lang="en"><link rel="icon" href="data:,"><title>Bare</title>${pathname === "/plain" ? "" : tag}</html>`,
    );
  });
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  return {
    url: `http://localhost:${(server.address() as AddressInfo).port}`,
    close: () =>
      new Promise((resolve) => {
        server.close(() => resolve());
        server.closeAllConnections();
      }),
  };
}
