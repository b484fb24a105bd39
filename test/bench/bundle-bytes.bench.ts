import { existsSync, readFileSync } from "node:fs";
import { fileURLToPath } from "node:url";
import { brotliCompressSync, gzipSync } from "node:zlib";
import { engineBytes } from "../kit/engine-bytes.ts";
import { figure, type Figures } from "./figures.ts";
import { tagParts } from "./tag-parts.ts";

const TAG = fileURLToPath(new URL("../../packages/browser/dist/murmur.js", import.meta.url));

/** What a shopper's device has to load. */
export async function bundleBytes(): Promise<Figures> {
  const notes: string[] = [];
  const rows: string[][] = [];
  if (existsSync(TAG)) rows.push(sizes("tag (murmur.js)", readFileSync(TAG)));
  else notes.push("the tag is not built: run `rollup -c` first");
  rows.push(sizes("engine, as devices bundle it", await engineBytes()));
  for (const [part, bytes] of await tagParts()) rows.push([`the tag for ${part}`, "", "", figure(bytes)]);
  notes.push("the tag for …: what it would be shorter by without the part; what parts share is in none");
  return { title: "Bytes, minified", columns: ["what", "plain", "gzip", "brotli"], rows, notes };
}

function sizes(what: string, file: Uint8Array): string[] {
  const brotli = brotliCompressSync(file).length;
  return [what, figure(file.length), figure(gzipSync(file, { level: 9 }).length), figure(brotli)];
}
