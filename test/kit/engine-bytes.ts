import { build } from "esbuild";
import { minifyTag, transpiled } from "../../tools/minify.mjs";

/** The engine alone, as devices bundle it, minified as the tag is. */
export async function engineBytes(): Promise<Buffer> {
  const { outputFiles } = await build({
    stdin: { contents: 'export { load } from "@murmur/core";', resolveDir: import.meta.dirname },
    conditions: ["murmur-source"],
    bundle: true,
    format: "esm",
    ...transpiled,
    write: false,
  });
  return Buffer.from(await minifyTag(outputFiles[0]!.text));
}
