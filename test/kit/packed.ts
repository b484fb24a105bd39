import { execFileSync } from "node:child_process";
import { existsSync, mkdirSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { manifestIn, PUBLISHED, type Manifest } from "../../tools/published.ts";

export const ROOT = fileURLToPath(new URL("../..", import.meta.url));

/** Packs the packages as they would be published, into a folder; returns the tarballs' paths by their names. */
export function packAll(to: string): ReadonlyMap<string, string> {
  mkdirSync(to, { recursive: true });
  const which = PUBLISHED.flatMap(({ folder }) => ["--workspace", folder]);
  const flags = ["--json", "--ignore-scripts", "--pack-destination", to];
  const said = execFileSync("npm", ["pack", ...which, ...flags], { cwd: ROOT, encoding: "utf8" });
  const packed = JSON.parse(said) as { name: string; filename: string }[];
  return new Map(packed.map(({ name, filename }) => [name, join(to, filename)]));
}

/**
 * Installs all packages from their tarballs in an empty project, and what they need of others from what is installed here:
 * without a network.
 */
export function installPacked(folder: string, tarballs: ReadonlyMap<string, string>): void {
  const own = [...tarballs].map(([name, file]) => [name, `file:${file}`]);
  const others = neededFrom(PUBLISHED.map(({ manifest }) => manifest)).map((name) => [
    name,
    `file:${join(ROOT, "node_modules", name)}`,
  ]);
  const project = { private: true, type: "module", dependencies: Object.fromEntries([...own, ...others]) };
  writeFileSync(join(folder, "package.json"), JSON.stringify(project));
  const flags = [
    "--offline",
    "--install-links",
    "--ignore-scripts",
    "--no-audit",
    "--no-fund",
    "--no-package-lock",
  ];
  execFileSync("npm", ["install", "--silent", ...flags], { cwd: folder, stdio: "pipe" });
}

/** Names of the packages that some need, of those that others publish, and those that these need. */
function neededFrom(manifests: readonly Manifest[]): string[] {
  const needed = new Set<string>();
  const own = new Set(PUBLISHED.map(({ manifest }) => manifest.name));
  const add = (manifest: Manifest): void => {
    for (const name of Object.keys({ ...manifest.dependencies, ...manifest.peerDependencies })) {
      if (own.has(name) || needed.has(name) || !existsSync(join(ROOT, "node_modules", name))) continue;
      needed.add(name);
      add(manifestIn(`node_modules/${name}`));
    }
  };
  for (const manifest of manifests) add(manifest);
  // The page of the test renders, as the README's does.
  for (const name of ["react-dom", "scheduler", "@types/react-dom"]) needed.add(name);
  return [...needed];
}
