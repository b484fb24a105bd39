import { pathToFileURL } from "node:url";
import { join } from "node:path";
import { ROOT } from "./pages.ts";
import type { Words } from "./shell.ts";

// By its address: the worker's own types are those of a place without a page.
const { openApiDocument } = (await import(
  pathToFileURL(join(ROOT, "worker/src/openapi/document.ts")).href
)) as { openApiDocument(): { paths: Readonly<Record<string, object>> } };

/** Every call that /openapi.json describes, as `GET /v1/profile`. */
const DESCRIBED = Object.entries(openApiDocument().paths).flatMap(([path, methods]) =>
  Object.keys(methods).map((method) => `${method.toUpperCase()} ${path}`),
);

/** What the worker answers beside: files, pages, and the document itself. */
const BESIDE = ["GET /murmur{part}.js", "GET /docs", "GET /experiments", "GET /openapi.json"];

/** Only with `MURMUR_DEV`, and in no description. */
const DEVELOPMENT = ["POST /v1/dev/{anything}"];

const KNOWN = [...DESCRIBED, ...BESIDE, ...DEVELOPMENT].map(
  (call) => new RegExp(`^${call.replaceAll(".", "\\.").replaceAll(/\{\w+\}/g, "[^/]*")}$`),
);

/** Whether the worker takes a call, as `GET /v1/manifest/:hash`; also where only the beginning of an address is written, as `/v1/…`. */
export function isTaken(method: string, path: string): boolean {
  const [bare = ""] = path.split(/[?#]/);
  return KNOWN.some((known) => known.test(`${method} ${bare}`));
}

const WITH_VALUE = /^-(H|-header|d|-data|-data-raw|-data-binary|u|-user|o|-output)$/;

/** What is wrong with the arguments of curl: a call that the worker does not take. */
export function callFault(args: Words): string | undefined {
  let method = args.some((word) => /^(-d|--data.*)$/.test(word)) ? "POST" : "GET";
  const urls: string[] = [];
  for (let at = 0; at < args.length; at++) {
    const word = args[at]!;
    if (word === "-X" || word === "--request") method = args[++at]!;
    else if (WITH_VALUE.test(word)) at++;
    else if (!word.startsWith("-")) urls.push(word);
  }
  if (urls.length !== 1) return `curl calls ${urls.length} addresses`;
  const { pathname } = new URL(urls[0]!);
  return isTaken(method, pathname) ? undefined : `there is no ${method} ${pathname}`;
}
