import { readdirSync, readFileSync } from "node:fs";
import { fileURLToPath } from "node:url";

const ROOT = fileURLToPath(new URL("..", import.meta.url));

/** What of a package's manifest is read here. */
export interface Manifest {
  name: string;
  version?: string;
  private?: boolean;
  description?: string;
  keywords?: readonly string[];
  license?: string;
  homepage?: string;
  repository?: Readonly<Record<string, string>>;
  type?: string;
  sideEffects?: boolean | readonly string[];
  engines?: Readonly<Record<string, string>>;
  exports: Readonly<Record<string, { types?: string } | undefined>>;
  dependencies?: Readonly<Record<string, string>>;
  peerDependencies?: Readonly<Record<string, string>>;
}

/** The packages that are published: each by its folder, as `packages/core`. */
export const PUBLISHED: readonly { folder: string; manifest: Manifest }[] = readdirSync(`${ROOT}packages`)
  .map((name) => ({ folder: `packages/${name}`, manifest: manifestIn(`packages/${name}`) }))
  .filter(({ manifest }) => !manifest.private);

/** The manifest in a folder of the repository, or of what is installed there. */
export function manifestIn(folder: string): Manifest {
  return JSON.parse(readFileSync(`${ROOT}${folder}/package.json`, "utf8")) as Manifest;
}
