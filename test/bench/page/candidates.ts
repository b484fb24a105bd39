import { build } from "esbuild";
import { existsSync, readFileSync } from "node:fs";
import { fileURLToPath } from "node:url";
import { FEATURES, HERE } from "./questions.ts";

const TAG = fileURLToPath(new URL("../../../packages/browser/dist/murmur.js", import.meta.url));

/** A page of the bench: otherwise empty, with one script. */
export interface Candidate {
  name: string;
  /** What loads on it; nothing on the empty page. */
  script?: string;
  /** What else stands in its script's tag. */
  attributes?: string;
  /** What the page itself says before. */
  inline?: string;
}

/** What a page says to Murmur before it is there. Its first look at the queue is where its evaluation ends. */
const MURMUR_QUEUE = `{
let face = [
  ["on", "entered", ({ segment }) => segment === "${HERE}" && performance.mark("ready")],
  ["ready", (murmur) => {
    murmur.segments().then(() => performance.mark("segments"));
    window.recordOne = () => murmur.track("Product Viewed",
      { product_id: "fellrunner-2", category: "running-shoes", brand: "Tarnfell", price: 129 });
  }],
];
let seen = false;
Object.defineProperty(window, "murmur", {
  get() {
    if (!seen) performance.mark("evaluated");
    seen = true;
    return face;
  },
  set(tag) { face = tag; },
});
}`;

/** A page that has a tag already: the second one looks, and goes. It has answers when the page is there. */
const MURMUR_THERE = `
Object.defineProperty(window, "murmur", {
  get() {
    performance.mark("evaluated");
    return { deviceId() {} };
  },
});
addEventListener("load", () => performance.mark("ready"));`;

/** The page without anything, Murmur as it is shipped, what of its start nothing could spare, and its peers in real use. */
export async function candidates(): Promise<Candidate[]> {
  if (!existsSync(TAG)) throw new Error("the tag is not built: run `rollup -c` first");
  const tag = readFileSync(TAG, "utf8");
  const growthbook = await bundled("growthbook");
  return [
    { name: "empty" },
    {
      name: "murmur",
      script: tag,
      // As the peers do: without it, nothing happens until the shopper has said yes.
      attributes: 'data-consent="opt-out"',
      inline: MURMUR_QUEUE,
    },
    { name: "murmur, there already", script: tag, inline: MURMUR_THERE },
    { name: "the browser's part of a start", script: await bundled("first-calls") },
    { name: "bare: a row and two calls", script: await bundled("bare-log") },
    {
      name: "growthbook, features in the page",
      script: growthbook,
      inline: `payload = ${JSON.stringify(FEATURES)};`,
    },
    { name: "growthbook, features fetched", script: growthbook },
    { name: "analytics-next", script: await bundled("analytics-next") },
    { name: "posthog-js", script: await bundled("posthog") },
  ];
}

async function bundled(script: string): Promise<string> {
  const { outputFiles } = await build({
    entryPoints: [fileURLToPath(new URL(`scripts/${script}.ts`, import.meta.url))],
    bundle: true,
    format: "iife",
    minify: true,
    platform: "browser",
    target: "es2022",
    define: { "process.env.NODE_ENV": '"production"' },
    // Not as this repository's own sources are compiled.
    tsconfigRaw: {},
    legalComments: "none",
    logLevel: "error",
    write: false,
  });
  return outputFiles[0]!.text;
}
