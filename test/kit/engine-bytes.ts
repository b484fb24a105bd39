import { build } from "esbuild";
import { minify } from "terser";
import { minified } from "../../tools/minify.mjs";

/** The engine alone, as devices bundle it, minified as the tag is. */
export async function engineBytes(): Promise<Buffer> {
  const { outputFiles } = await build({
    stdin: { contents: 'export { load } from "@murmur/core";', resolveDir: import.meta.dirname },
    conditions: ["murmur-source"],
    bundle: true,
    format: "esm",
    target: "es2022",
    write: false,
  });
  const { code } = await minify(outputFiles[0]!.text, minified);
  return Buffer.from(code!);
}
