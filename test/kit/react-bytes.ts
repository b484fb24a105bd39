import { build } from "esbuild";
import { minify } from "terser";

/** All of the React package as it is published, and what it takes of others, as a shop bundles it beside its own React. */
export async function reactBytes(): Promise<Buffer> {
  const { outputFiles } = await build({
    stdin: { contents: 'export * from "@murmur/react";', resolveDir: import.meta.dirname },
    external: ["react"],
    bundle: true,
    format: "esm",
    target: "es2022",
    write: false,
  });
  const compress = { passes: 3, unsafe_arrows: true, pure_getters: true, inline: false } as const;
  const { code } = await minify(outputFiles[0]!.text, { module: true, ecma: 2022, compress });
  return Buffer.from(code!);
}
