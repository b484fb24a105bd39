import { checkPackage, createPackageFromTarballData } from "@arethetypeswrong/core";
import { build } from "esbuild";
import { execFileSync, spawnSync } from "node:child_process";
import { mkdtempSync, readFileSync, writeFileSync } from "node:fs";
import { rm } from "node:fs/promises";
import { createServer, type Server } from "node:http";
import type { AddressInfo } from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { nodeResolve } from "@rollup/plugin-node-resolve";
import { publint } from "publint";
import { formatMessage } from "publint/utils";
import type { Browser } from "playwright-core";
import { rollup } from "rollup";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { blocksIn } from "./docs/pages.ts";
import { cleanPage, launchChromium } from "./kit/browser.ts";
import { manifestIn, PUBLISHED } from "../tools/published.ts";
import { installPacked, packAll, ROOT } from "./kit/packed.ts";

/** An empty project elsewhere, in which the packages are installed as they would be published. */
const project = mkdtempSync(join(tmpdir(), "murmur-packages-"));
let tarballs: ReadonlyMap<string, string>;

beforeAll(() => {
  tarballs = packAll(project);
  installPacked(project, tarballs);
});
afterAll(() => rm(project, { recursive: true, force: true }));

/** What a module of a shop's says: what the packages give it, all used. */
const SHOP = `
  import { compile } from "@murmur/core";
  import { init } from "@murmur/browser";
  import { MurmurProvider, Slot, useSegment } from "@murmur/react";
  import { MurmurWebProvider } from "@murmur/openfeature";
  import { OpenFeature } from "@openfeature/web-sdk";
  import { createElement as h } from "react";
  import { createRoot } from "react-dom/client";

  const definition = { segments: { buyer: { count: "Order Completed", gte: 1 } }, slots: {} };
  const bootstrap = { segments: ["buyer"] };
  const murmur = init({ edge: location.origin, capture: false });
  const Page = () => h(Slot, { name: "hero" }, useSegment("buyer") ? "a buyer" : "nobody");
  createRoot(document.getElementById("root")).render(h(MurmurProvider, { murmur, bootstrap }, h(Page)));
  await OpenFeature.setProviderAndWait(new MurmurWebProvider({ murmur, definition, bootstrap }));
  const flag = OpenFeature.getClient().getBooleanValue("buyer", false);
  const [{ segment }] = compile(definition).profile().record({ id: "a", name: "Order Completed", timestamp: 5 });
  document.title = [flag, segment].join();
`;

describe.each(PUBLISHED)("$manifest.name", ({ manifest, folder }) => {
  test("has a manifest without faults, and types as they are", async () => {
    const bytes = new Uint8Array(readFileSync(tarballs.get(manifest.name)!));
    const { messages, pkg } = await publint({
      pack: { tarball: bytes.buffer },
      strict: true,
    });
    expect(messages.map((message) => formatMessage(message, pkg))).toEqual([]);
    // What is no module has no types.
    const excludeEntrypoints = [/^\.\/murmur\./];
    const checked = await checkPackage(createPackageFromTarballData(bytes), { excludeEntrypoints });
    // ES modules alone, for who resolves \`exports\`: the profile "esm-only" of are-the-types-wrong.
    const problems = (checked.types ? checked.problems : [checked]).filter(
      (problem) => !("resolutionKind" in problem) || !/^node10$|^node16-cjs$/.test(problem.resolutionKind),
    );
    expect(problems).toEqual([]);
  });

  test("has what it is, its licence and all that the manifest names, and nothing that is not for who installs it", () => {
    const packed = createPackageFromTarballData(new Uint8Array(readFileSync(tarballs.get(manifest.name)!)));
    const files = packed.listFiles().map((path) => path.slice(`/node_modules/${manifest.name}/`.length));
    expect(files).toEqual(expect.arrayContaining(["package.json", "README.md", "LICENSE"]));
    expect(packed.readFile(`/node_modules/${manifest.name}/LICENSE`)).toBe(
      readFileSync(join(ROOT, "LICENSE"), "utf8"),
    );
    expect(packed.readFile(`/node_modules/${manifest.name}/README.md`)).toMatch(`# ${manifest.name}\n`);
    expect(files.filter((path) => /(^|\/)(src|test)\/|tsconfig|vitest/.test(path))).toEqual([]);
  });

  test("says of itself what the others say, in the same words", () => {
    const root = manifestIn(".");
    const { license, type, repository, homepage, engines, keywords, description, version } = manifest;
    expect({ license, type, homepage }).toEqual({
      license: root.license,
      type: "module",
      homepage: root.homepage,
    });
    // Where the repository has an address, each package says in which folder of it it is.
    expect(repository).toEqual(root.repository && { ...root.repository, directory: folder });
    expect(version).toBe(PUBLISHED[0]!.manifest.version);
    expect(engines?.node).toMatch(/^>=20/);
    expect(keywords).toEqual(expect.arrayContaining(["murmur", "segmentation"]));
    expect(description).toMatch(/\.$/);
    expect(manifest.sideEffects).toBeDefined();
    expect(manifest.exports["./package.json"]).toBe("./package.json");
  });

  test("is imported by Node as an ES module, every entry of it", () => {
    // Not scripts for pages, data, and files that are read as they lie there.
    const entries = Object.keys(manifest.exports).filter((entry) => !/(\.js(on)?|\/\*)$/.test(entry));
    const names = entries.map((entry) => manifest.name + entry.slice(1));
    const code = `for (const name of ${JSON.stringify(names)}) {
      const exported = Object.keys(await import(name));
      if (exported.length === 0) throw new Error(name + " exports nothing");
    }`;
    execFileSync("node", ["--input-type=module", "-e", code], { cwd: project, stdio: "pipe" });
  });
});

/** What the compiler finds wrong with a file of the project, in strict TypeScript. */
function typeFaults(file: string, code: string, ...more: string[]): string {
  writeFileSync(join(project, file), code);
  const options = ["--strict", "--noEmit", "--target", "es2023", "--lib", "es2023,dom,dom.iterable", ...more];
  const tsc = join(ROOT, "node_modules/.bin/tsc");
  return spawnSync(tsc, [...options, file], { cwd: project, encoding: "utf8" }).stdout;
}

test("a shop in strict TypeScript compiles against the types as they are published", () => {
  const shop = `
    import { define, count } from "@murmur/core";
    import { definitionSchema } from "@murmur/core/schema";
    import { init, type Murmur } from "@murmur/browser";
    import { jsonLd } from "@murmur/browser/adapters";
    import { MurmurWebProvider } from "@murmur/openfeature";
    import { MurmurProvider, useSegment } from "@murmur/react";
    const shop = define({ segments: { fan: count("Product Viewed").gt(3) } });
    declare module "@murmur/react" { interface Register { definition: typeof shop } }
    const murmur: Murmur = init({ edge: "https://edge.example", plugins: [jsonLd()] });
    useSegment("fan");
    // @ts-expect-error There is no such segment.
    useSegment("fam");
    export const all = [definitionSchema, MurmurProvider, new MurmurWebProvider({ murmur, definition: shop })];
  `;
  expect(typeFaults("shop.ts", shop, "--module", "nodenext")).toBe("");
});

// The pages' blocks are otherwise checked together, where one of them registers a definition.
test.each(["README.md", "packages/react/README.md"])("the React of %s compiles as it is copied", (page) => {
  const block = blocksIn("tsx").find((each) => each.page === page && each.code.includes("createRoot"));
  const options = ["--module", "preserve", "--jsx", "react-jsx", "--skipLibCheck"];
  expect(typeFaults("copied.tsx", block!.code, ...options)).toBe("");
});

describe("in a page", () => {
  const files = new Map<string, string>();
  let server: Server;
  let browser: Browser;
  beforeAll(async () => {
    browser = await launchChromium();
    server = createServer(({ url = "" }, response) => {
      const text = files.get(url);
      const type = url.endsWith(".js") ? "text/javascript" : "text/html";
      response.writeHead(text === undefined ? 404 : 200, { "content-type": type }).end(text);
    });
    await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  });
  afterAll(async () => {
    await browser.close();
    server.closeAllConnections();
    server.close();
  });

  /** Opens a page with one script; returns what it is asked for. */
  async function open<Answer>(script: string, code: string, ask: () => Answer): Promise<Answer> {
    files.set("/script.js", code);
    files.set(
      "/",
      `<!doctype html><title>…</title><link rel="icon" href="data:,"><div id="root"></div>${script}`,
    );
    const context = await browser.newContext();
    const { page, faults } = await cleanPage(context);
    await page.goto(`http://localhost:${(server.address() as AddressInfo).port}/`);
    await page.waitForFunction(() => document.title !== "…" || "murmur" in window);
    // There is no edge.
    expect(faults.filter((fault) => !/404|not_delivered/.test(fault))).toEqual([]);
    const answer = await page.evaluate(ask);
    await context.close();
    return answer;
  }

  const seen = (): string[] => [document.title, document.getElementById("root")!.textContent!];
  const asModule = '<script type="module" src="/script.js"></script>';

  test("bundled by esbuild, the packages work together", async () => {
    const { outputFiles } = await build({
      stdin: { contents: SHOP, resolveDir: project },
      bundle: true,
      format: "esm",
      define: { "process.env.NODE_ENV": '"production"' },
      write: false,
    });
    expect(await open(asModule, outputFiles[0]!.text, seen)).toEqual(["true,buyer", "a buyer"]);
  });

  test("bundled by Rollup, the tag's package works", async () => {
    const code = `import { init } from "@murmur/browser"; import { push } from "@murmur/browser/adapters";
      init({ edge: location.origin, capture: false, plugins: [push()] }).segments().then(() => (document.title = "started"));`;
    writeFileSync(join(project, "tag.js"), code);
    const bundle = await rollup({
      input: join(project, "tag.js"),
      plugins: [nodeResolve({ browser: true })],
    });
    const { output } = await bundle.generate({ format: "es" });
    expect(await open(asModule, output[0].code, seen)).toEqual(["started", ""]);
  });

  test("by a script tag, the file of the package starts itself", async () => {
    const code = readFileSync(join(project, "node_modules/@murmur/browser/dist/murmur.js"), "utf8");
    const script = '<script src="/script.js" data-capture="false"></script>';
    const methods = (): string[] => Object.keys((window as unknown as { murmur: object }).murmur);
    expect(await open(script, code, methods)).toEqual(expect.arrayContaining(["track", "segments", "push"]));
  });
});
