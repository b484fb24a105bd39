import { nodeResolve } from "@rollup/plugin-node-resolve";
import terser from "@rollup/plugin-terser";
import dts from "rollup-plugin-dts";
import esbuild from "rollup-plugin-esbuild";

const transpile = esbuild({ target: "es2022", tsconfig: false });
// In the repository, packages resolve to each other's sources, so that nothing has to be built to be tested.
const resolve = nodeResolve({ exportConditions: ["murmur-source"], extensions: [".ts", ".js"] });

/** A package as it is published: one ES module, and its types in one file. */
function library(name, external) {
  const input = `packages/${name}/src/index.ts`;
  const dir = `packages/${name}/dist`;
  return [
    {
      input,
      external,
      plugins: [resolve, transpile],
      output: { file: `${dir}/index.js`, format: "es", sourcemap: true },
    },
    {
      input,
      external,
      plugins: [dts({ respectExternal: false })],
      output: { file: `${dir}/index.d.ts`, format: "es" },
    },
  ];
}

/** The tag: everything in one file for `<script async>`. */
const tag = {
  input: "packages/browser/src/tag.ts",
  plugins: [resolve, transpile],
  output: {
    file: "packages/browser/dist/murmur.js",
    format: "iife",
    plugins: [
      terser({ ecma: 2020, compress: { passes: 3, unsafe_arrows: true }, format: { comments: false } }),
    ],
  },
};

export default [...library("core", []), ...library("browser", ["@murmur/core", "idb-keyval"]), tag];
