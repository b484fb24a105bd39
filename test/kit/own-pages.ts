import { mkdtemp, rm } from "node:fs/promises";
import { createServer, type ServerResponse } from "node:http";
import type { AddressInfo } from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";
import type { Browser } from "playwright-core";
import { afterAll, beforeAll } from "vitest";
import { freePort, type EdgeProcess } from "../../tools/edge-process.ts";
import { launchChromium } from "./browser.ts";
import { TOKEN_SECRET } from "./customer-token.ts";
import { startPlainEdge } from "./plain-edge.ts";

export interface OwnPage {
  /** What comes between the doctype and the end. */
  html: string;
  headers?: Readonly<Record<string, string>>;
}

/** Pages that a test writes itself, the worker on real workerd beside them, and a browser. */
export interface OwnPages {
  url: string;
  edge: EdgeProcess;
  browser: Browser;
  /** Serves a page from now on; returns its address. */
  page(path: string, page: OwnPage): string;
  /** Answers a path as the test likes. */
  file(path: string, answer: (response: ServerResponse) => void): string;
}

/** With `vars`, further settings of the worker, which may depend on where the pages are. */
export function useOwnPages(
  definition?: string,
  vars?: (url: string) => Readonly<Record<string, string>>,
): OwnPages {
  const files = new Map<string, (response: ServerResponse) => void>();
  const server = createServer((request, response) => {
    const answer = files.get(new URL(`http://site${request.url}`).pathname);
    if (answer) answer(response);
    else response.writeHead(404).end();
  });
  const pages = {
    file(path, answer) {
      files.set(path, answer);
      return `${pages.url}${path}`;
    },
    page: (path, { html, headers }) =>
      pages.file(path, (response) => {
        response.writeHead(200, { "content-type": "text/html; charset=utf-8", ...headers });
        response.end(
          `<!doctype html><html lang="en"><title>Own</title><link rel="icon" href="data:,">${html}</html>`,
        );
      }),
  } as OwnPages;
  let folder: string;
  beforeAll(async () => {
    await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
    pages.url = `http://localhost:${(server.address() as AddressInfo).port}`;
    folder = await mkdtemp(join(tmpdir(), "murmur-test-"));
    [pages.edge, pages.browser] = await Promise.all([
      startPlainEdge({
        port: await freePort(),
        persistTo: folder,
        allowedOrigins: [pages.url],
        tokenSecret: TOKEN_SECRET,
        ...(definition !== undefined && { definition }),
        ...(vars && { vars: vars(pages.url) }),
      }),
      launchChromium(),
    ]);
  });
  afterAll(async () => {
    await pages.browser?.close();
    await pages.edge?.kill();
    server.closeAllConnections();
    server.close();
    await rm(folder, { recursive: true, force: true });
  });
  return pages;
}
