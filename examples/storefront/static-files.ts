import { readFile } from "node:fs/promises";
import { findPicture } from "./picture.ts";

export type StaticFile = { type: string; body: string | Buffer; cache: string };

const types: Record<string, string> = {
  css: "text/css; charset=utf-8",
  js: "text/javascript; charset=utf-8",
};

const pictures = new Map<string, string>();

function picture(name: string): string | undefined {
  const drawn = pictures.get(name) ?? findPicture(name);
  if (drawn !== undefined) pictures.set(name, drawn);
  return drawn;
}

/** Names are matched in full, so that no path can lead out of the folder. */
export async function findStaticFile(path: string): Promise<StaticFile | undefined> {
  const [, pictureName] = /^\/pictures\/([a-z0-9-]+)\.svg$/.exec(path) ?? [];
  if (pictureName) {
    const body = picture(pictureName);
    return body === undefined ? undefined : { type: "image/svg+xml", body, cache: "public, max-age=3600" };
  }
  const [, assetName, extension = ""] = /^\/assets\/([a-z-]+\.(css|js))$/.exec(path) ?? [];
  const type = types[extension];
  if (!assetName || !type) return undefined;
  const body = await readFile(new URL(`./assets/${assetName}`, import.meta.url)).catch(() => undefined);
  return body && { type, body, cache: "no-cache" };
}
