import { readdirSync, readFileSync } from "node:fs";
import { join, relative } from "node:path";
import { fileURLToPath } from "node:url";
import { describe, expect, test } from "vitest";

const ROOT = fileURLToPath(new URL("..", import.meta.url));

/** What each part may import beside its own files. Arrows only go down: core knows nobody. */
const ALLOWED: Readonly<Record<string, readonly string[]>> = {
  // Held file by file by core's own test of its purity: a device runs none of these.
  "packages/core/src": ["zod", "redos-detector", "@eslint-community/regexpp"],
  "packages/browser/src": ["@murmur/core", "idb-keyval"],
  // The definition, and what the build has made: the tag's files, which it serves as text, and the patterns of crawlers.
  "worker/src": [
    "@murmur/core",
    "@hono/zod-openapi",
    "@stdlib",
    "hono",
    "jose",
    "zod",
    "cloudflare:workers",
    "murmur.config",
    "dist/tag-files.js",
    "dist/crawlers.js",
  ],
};

function sources(folder: string): string[] {
  return readdirSync(join(ROOT, folder), { recursive: true, encoding: "utf8" })
    .filter((file) => file.endsWith(".ts"))
    .map((file) => join(ROOT, folder, file));
}

function imports(file: string): string[] {
  return [...readFileSync(file, "utf8").matchAll(/\b(?:from|import)\s*\(?\s*"([^"]+)"/g)].map(
    (match) => match[1]!,
  );
}

describe.each(Object.entries(ALLOWED))("%s", (folder, allowed) => {
  test("imports its own files and what lies below it, and nothing else", () => {
    const files = sources(folder);
    expect(files.length).toBeGreaterThan(5);
    const strangers = files.flatMap((file) =>
      imports(file)
        .filter((specifier) => {
          if (specifier.startsWith(".")) {
            const target = relative(join(ROOT, folder), join(file, "..", specifier));
            return target.startsWith("..") && !allowed.some((name) => target.endsWith(name));
          }
          return !allowed.some((name) => specifier === name || specifier.startsWith(`${name}/`));
        })
        .map((specifier) => `${relative(ROOT, file)} imports ${specifier}`),
    );
    expect(strangers).toEqual([]);
  });
});

test("each package declares what it imports", () => {
  for (const folder of Object.keys(ALLOWED)) {
    const manifest = JSON.parse(readFileSync(join(ROOT, folder, "../package.json"), "utf8")) as {
      dependencies?: Record<string, string>;
      peerDependencies?: Record<string, string>;
    };
    const imported = new Set(
      sources(folder)
        .flatMap(imports)
        .filter((specifier) => !specifier.startsWith(".") && !/^(cloudflare:|murmur\.config)/.test(specifier))
        .map((specifier) =>
          specifier
            .split("/")
            .slice(0, specifier.startsWith("@") ? 2 : 1)
            .join("/"),
        ),
    );
    expect([...imported].sort()).toEqual(
      Object.keys({ ...manifest.dependencies, ...manifest.peerDependencies }).sort(),
    );
  }
});
