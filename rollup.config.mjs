import { nodeResolve } from "@rollup/plugin-node-resolve";
import terser from "@rollup/plugin-terser";
import dts from "rollup-plugin-dts";
import esbuild from "rollup-plugin-esbuild";
import { minified } from "./tools/minify.mjs";

const transpile = esbuild({ target: "es2022", tsconfig: false });
// In the repository, packages resolve to each other's sources, so that nothing has to be built to be tested.
const resolve = nodeResolve({ exportConditions: ["murmur-source"], extensions: [".ts", ".js"] });

/** An entry of a package as it is published: one ES module, and its types in one file. */
function library(name, external, { input = "index", output = "index" } = {}) {
  const source = `packages/${name}/src/${input}.ts`;
  const file = `packages/${name}/dist/${output}`;
  return [
    {
      input: source,
      external,
      plugins: [resolve, transpile],
      output: { file: `${file}.js`, format: "es", sourcemap: true },
    },
    { input: source, external, plugins: [dts()], output: { file: `${file}.d.ts`, format: "es" } },
  ];
}

/** The tag: everything in one file for `<script async>`. */
const tag = {
  input: "packages/browser/src/tag.ts",
  plugins: [resolve, transpile],
  output: {
    file: "packages/browser/dist/murmur.js",
    format: "iife",
    plugins: [terser(minified)],
  },
};

/** What the tag loads on demand. */
const debug = {
  input: "packages/browser/src/debug.ts",
  plugins: [resolve, transpile],
  output: { file: "packages/browser/dist/murmur-debug.js", format: "es", plugins: [terser()] },
};

export default [
  ...library("core", ["redos-detector", "@eslint-community/regexpp"]),
  ...library("core", ["zod"], { input: "schema/index", output: "schema" }),
  ...library("browser", ["@murmur/core", "idb-keyval"]),
  tag,
  debug,
];
