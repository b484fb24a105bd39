import { readFileSync } from "node:fs";
import { createRequire } from "node:module";
import { nodeResolve } from "@rollup/plugin-node-resolve";
import terser from "@rollup/plugin-terser";
import dts from "rollup-plugin-dts";
import esbuild from "rollup-plugin-esbuild";
import { fileList, integrityOf } from "./tools/integrity.mjs";
import { minifyTag, transpiled } from "./tools/minify.mjs";

const transpile = esbuild({ ...transpiled, tsconfig: false, jsx: "automatic" });
// In the repository, packages resolve to each other's sources, so that nothing has to be built to be tested.
const resolve = nodeResolve({ exportConditions: ["murmur-source"], extensions: [".ts", ".tsx", ".js"] });

/** An entry of a package as it is published: one ES module, and its types in one file. */
function library(
  name,
  external,
  { folder = `packages/${name}`, input = "index", output = "index", banner } = {},
) {
  const source = `${folder}/src/${input}.ts`;
  const file = `${folder}/dist/${output}`;
  return [
    {
      input: source,
      external,
      plugins: [resolve, transpile],
      output: { file: `${file}.js`, format: "es", sourcemap: true, banner },
    },
    { input: source, external, plugins: [dts()], output: { file: `${file}.d.ts`, format: "es" } },
  ];
}

/**
 * Put around what the minifiers have made, which they would make less of inside. What the page has broken may be missed before
 * the tag's first line of its own: the page must not hear of it. By the first line Chromium compiles the whole file while it
 * comes in, off the page's main thread, where it would else do so function by function: half of the tag's time at start.
 * https://v8.dev/blog/explicit-compile-hints
 */
const tagFile = {
  name: "tag-file",
  renderChunk: async (code) => ({
    code: `//# allFunctionsCalledOnLoad\ntry{${await minifyTag(code)}}catch{}\n`,
    map: null,
  }),
};

/** The command line: the package's own files, cut so that a command loads what it needs; what it imports lies beside it. */
const cli = {
  input: { index: "packages/cli/src/index.ts", bin: "packages/cli/src/bin.ts" },
  external: (id) => !id.startsWith(".") && !id.startsWith("/"),
  plugins: [resolve, transpile],
  output: { dir: "packages/cli/dist", format: "es", sourcemap: true, chunkFileNames: "[name].js" },
};

/** The tag: everything in one file for `<script async>`. */
const tag = {
  input: "packages/browser/src/tag.ts",
  plugins: [resolve, transpile],
  output: {
    file: "packages/browser/dist/murmur.js",
    format: "iife",
    plugins: [tagFile],
  },
};

/** What the tag loads on demand: the panel, what some slots take to be decided, and words for what goes wrong. */
const onDemand = ["debug", "decisions", "messages"].map((name) => ({
  input: `packages/browser/src/${name}.ts`,
  plugins: [resolve, transpile],
  output: { file: `packages/browser/dist/murmur-${name}.js`, format: "es", plugins: [terser()] },
}));

/** What the script tag may name in `data-plugins` and `data-consent`: the file that has it, and its name there. */
const ADAPTERS = {
  "ga4-data-layer": ["adapters/ga4-data-layer", "ga4DataLayer"],
  shopify: ["adapters/shopify-storefront", "shopifyStorefront"],
  "shopify-pixel": ["adapters/shopify-pixel", "shopifyPixel"],
  "json-ld": ["adapters/json-ld", "jsonLd"],
  "data-attributes": ["adapters/data-attributes", "dataAttributes"],
  "segment-calls": ["adapters/segment-calls", "segmentCalls"],
  push: ["adapters/push", "push"],
  "consent-tcf": ["consent/tcf", "tcf"],
  "consent-google": ["consent/consent-mode", "consentMode"],
  "consent-shopify": ["consent/shopify", "shopify"],
};

/** A module that rollup is given as text. */
const virtual = (name, text) => ({
  name: "virtual",
  resolveId: (id) => (id === name ? id : undefined),
  load: (id) => (id === name ? text() : undefined),
});

/** An adapter for the script tag: a module of its own, with what makes it as its default export. */
function adapter([name, [file, factory]]) {
  const source = JSON.stringify(`${import.meta.dirname}/packages/browser/src/${file}.ts`);
  const compress = { passes: 3, unsafe_arrows: true, pure_getters: true, keep_fargs: false, inline: 1 };
  return {
    input: name,
    plugins: [virtual(name, () => `export { ${factory} as default } from ${source};`), resolve, transpile],
    output: {
      file: `packages/browser/dist/murmur-${name}.js`,
      format: "es",
      plugins: [terser({ module: true, ecma: 2022, compress })],
    },
  };
}

/** All that the worker serves to pages, as text by file name. */
function readTagFiles() {
  const names = [
    "murmur",
    "murmur-debug",
    "murmur-decisions",
    "murmur-messages",
    ...Object.keys(ADAPTERS).map((name) => `murmur-${name}`),
  ];
  return Object.fromEntries(
    names.map((name) => [`${name}.js`, readFileSync(`packages/browser/dist/${name}.js`, "utf8")]),
  );
}

/** The hashes of the tag's files, for who wants to name them in `integrity`: printed, and in a file beside them. */
const integrity = {
  name: "integrity",
  generateBundle() {
    const files = readTagFiles();
    const hashes = Object.entries(files).map(([name, text]) => [name, integrityOf(text)]);
    const source = `${JSON.stringify(Object.fromEntries(hashes), null, 2)}\n`;
    this.emitFile({ type: "asset", fileName: "integrity.json", source });
    process.stdout.write(`${fileList(files).join("\n")}\n`);
  },
};

/** The worker's copy of the tag's files. It is made last, of what was made before. */
const tagFiles = {
  input: "tag-files",
  plugins: [virtual("tag-files", () => `export default ${JSON.stringify(readTagFiles())};`), integrity],
  output: { file: "packages/browser/dist/tag-files.js", format: "es" },
};

const EXPERIMENTS_PAGE = [
  "draw-experiment.js",
  "element.js",
  "format.js",
  "interval-plot.js",
  "page.css",
  "start.js",
];

/** Of the list of crawlers (https://github.com/monperrus/crawler-user-agents), what the worker needs: one expression each. */
const crawlers = {
  input: "crawlers",
  plugins: [
    virtual("crawlers", () => {
      const file = createRequire(import.meta.url).resolve("crawler-user-agents");
      const patterns = JSON.parse(readFileSync(file, "utf8")).map(({ pattern }) => pattern);
      return `export default ${JSON.stringify(patterns)};`;
    }),
  ],
  output: { file: "worker/dist/crawlers.js", format: "es" },
};

/** The pages of the edge's API and of experiments' results: files that the platform serves beside the worker. */
const edgePages = {
  input: "worker/docs-page/start.js",
  plugins: [
    {
      name: "edge-pages",
      buildStart() {
        const files = {
          "docs.html": "worker/docs-page/docs.html",
          _headers: "worker/pages-headers",
          "docs/page.css": "worker/docs-page/page.css",
          "experiments.html": "worker/experiments-page/experiments.html",
          ...Object.fromEntries(
            EXPERIMENTS_PAGE.map((name) => [`experiments/${name}`, `worker/experiments-page/${name}`]),
          ),
          "docs/swagger-ui.css": "node_modules/swagger-ui-dist/swagger-ui.css",
          "docs/swagger-ui.js": "node_modules/swagger-ui-dist/swagger-ui-bundle.js",
        };
        for (const [fileName, file] of Object.entries(files))
          this.emitFile({ type: "asset", fileName, source: readFileSync(file) });
      },
    },
  ],
  output: { dir: "worker/dist/pages", entryFileNames: "docs/[name].js", format: "es" },
};

export default [
  ...library("core", ["redos-detector", "@eslint-community/regexpp", /^@noble\/hashes\//]),
  ...library("core", ["zod"], { input: "schema/index", output: "schema" }),
  cli,
  {
    input: "packages/cli/src/index.ts",
    external: ["@murmur/core"],
    plugins: [dts()],
    output: { file: "packages/cli/dist/index.d.ts", format: "es" },
  },
  ...library("browser", ["@murmur/core", "idb-keyval"]),
  ...library("browser", ["@murmur/core"], { input: "adapters/index", output: "adapters" }),
  ...library("browser", ["@murmur/core"], { input: "answers/index", output: "answers" }),
  ...library("react", ["@murmur/core", /^@murmur\/browser/, /^react/], { banner: '"use client";' }),
  ...library("openfeature", ["@murmur/core", /^@murmur\/browser/, "@openfeature/web-sdk"]),
  tag,
  ...onDemand,
  ...Object.entries(ADAPTERS).map(adapter),
  tagFiles,
  edgePages,
  crawlers,
  ...library("worker", ["@murmur/core", /^hono/], {
    folder: "worker",
    input: "personalize/middleware",
    output: "middleware",
  }),
];
