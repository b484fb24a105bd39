import { fileURLToPath } from "node:url";
import { brotliCompressSync } from "node:zlib";
import { nodeResolve } from "@rollup/plugin-node-resolve";
import { rollup } from "rollup";
import esbuild from "rollup-plugin-esbuild";
import { minifyTag, transpiled } from "../../tools/minify.mjs";

const TAG = fileURLToPath(new URL("../../packages/browser/src/tag.ts", import.meta.url));

/** What the tag does, and where the source of it is. */
const PARTS: readonly [part: string, modules: RegExp][] = [
  ["segments: the engine", /core\/src\/(?!decide|definition\/expression|log\/entry-problem)/],
  ["the device: who it is, its tabs, its time", /browser\/src\/(device|watch-page)/],
  ["delivery", /browser\/src\/deliver/],
  ["slots", /browser\/src\/slots|core\/src\/(decide|definition\/expression)/],
  ["the log on disk", /browser\/src\/log|idb-keyval/],
  [
    "what a page calls, hears and is told",
    /browser\/src\/(tag|murmur|listeners|report|load-part|json|plugin)\b/,
  ],
  ["capture, and what may be recorded", /browser\/src\/(capture|record)|core\/src\/log\/entry-problem/],
  ["consent", /browser\/src\/consent/],
];

/** A part of the tag, and by how many bytes, brotli, the tag would be shorter without it. */
export type TagPart = readonly [part: string, bytes: number];

type Module = readonly [file: string, { code: string | null; renderedExports: string[] }];

/**
 * The bytes of the tag by what they are for. What parts share, and what one compresses better for another's being there,
 * is in none, so that they are less than the whole.
 */
export async function tagParts(): Promise<TagPart[]> {
  const bundle = await rollup({
    input: TAG,
    plugins: [
      nodeResolve({ exportConditions: ["murmur-source"], extensions: [".ts", ".js"] }),
      esbuild({ ...transpiled, tsconfig: false }),
    ],
  });
  const { output } = await bundle.generate({ format: "es" });
  const { code } = output[0];
  const modules: Module[] = Object.entries(output[0].modules);
  const whole = await bytesWithout([], modules, code);
  const parts: TagPart[] = [];
  for (const [part, belongs] of PARTS) {
    const own = modules.filter(([file]) => belongs.test(file));
    parts.push([part, whole - (await bytesWithout(own, modules, code))]);
  }
  return parts;
}

/** What only what is left out would call is kept: it is another part's. */
async function bytesWithout(own: readonly Module[], all: readonly Module[], code: string): Promise<number> {
  const kept = all
    .filter((module) => !own.includes(module))
    .flatMap(([, { renderedExports }]) => renderedExports);
  const rest = own.reduce(cut, code);
  return brotliCompressSync(await minifyTag(`${rest}\nexport { ${kept} };`)).length;
}

function cut(code: string, [file, module]: Module): string {
  const own = module.code?.trim() ?? "";
  if (!code.includes(own)) throw new Error(`${file} is not in the bundle as it was`);
  return code.replace(own, () => "");
}
