import { build, type BuildOptions } from "esbuild";
import { minify, type MinifyOptions } from "terser";
import { minified, transpiled } from "../../tools/minify.mjs";

/** The engine alone, as devices bundle it, minified as the tag is. */
export function engineBytes(): Promise<Buffer> {
  return bundled('export { load } from "@murmur/core";', { conditions: ["murmur-source"] }, minified);
}

/**
 * All of the React package as it is published, and what it takes of others: React itself is the shop's. Minified as the
 * tag is, but for the names of fields, which no bundler of a shop's shortens.
 */
export function reactBytes(): Promise<Buffer> {
  return bundled('export * from "@murmur/react";', { external: ["react"] }, { ...minified, mangle: true });
}

async function bundled(contents: string, bundling: BuildOptions, minifying: MinifyOptions): Promise<Buffer> {
  const { outputFiles } = await build({
    stdin: { contents, resolveDir: import.meta.dirname },
    bundle: true,
    format: "esm",
    ...transpiled,
    ...bundling,
    write: false,
  });
  const { code } = await minify(outputFiles[0]!.text, minifying);
  return Buffer.from(code!);
}
