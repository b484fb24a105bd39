import { readFileSync } from "node:fs";
import type { Page } from "playwright-core";
import { expect, test } from "vitest";
import { integrityOf } from "../../tools/integrity.mjs";
import { blocksIn } from "../docs/pages.ts";
import { cleanPage } from "../kit/browser.ts";
import { edgeProfile } from "../kit/demo-shop.ts";
import { useOwnPages } from "../kit/own-pages.ts";
import { deviceId, syncNow } from "../kit/tag.ts";

const DIST = new URL("../../packages/browser/dist/", import.meta.url);
const hashes = JSON.parse(readFileSync(new URL("integrity.json", DIST), "utf8")) as Record<string, string>;
/** The calls that wait for the tag come from a file, as a policy without inline code wants it. */
const CALLS =
  'for (let at = 0; at < 4; at++) (window.murmur ??= []).push(["track", "Product Viewed", { category: "running-shoes" }]);';
/** Nothing that is not named, no code made of text. */
const STRICT = "default-src 'none'; img-src data:; require-trusted-types-for 'script'; trusted-types 'none'";
const SLOT = `<section data-murmur-slot="hero" data-murmur-timeout="Infinity">
  <h1 data-murmur-text="title">Own</h1><a data-murmur-href="href" data-murmur-text="cta">Own link</a></section>`;

/** What the tag imports, and the hash that it has to have: where a policy names hashes alone, it goes by these. */
const importMap = (): string =>
  JSON.stringify({
    integrity: { [`${own.edge.url}/murmur-decisions.js`]: hashes["murmur-decisions.js"] },
  });

const own = useOwnPages();

/** A page under a policy, and what the policy has been violated by on it. */
async function open(
  policy: string,
  attributes: string,
): Promise<{ page: Page; faults: string[]; violations: string[] }> {
  own.file("/calls.js", (response) => {
    response.writeHead(200, { "content-type": "text/javascript" }).end(CALLS);
  });
  const url = own.page("/strict", {
    html: `<script type="importmap">${importMap()}</script>
      <script src="/calls.js" nonce="r4nd0m" integrity="${integrityOf(CALLS)}"></script>
      <script async src="${own.edge.url}/murmur.js" data-consent="opt-out" ${attributes}></script>${SLOT}`,
    headers: {
      "content-security-policy": `${STRICT}; ${policy} '${integrityOf(importMap())}'; connect-src ${own.edge.url}`,
    },
  });
  const context = await own.browser.newContext();
  const violations: string[] = [];
  await context.exposeFunction("violated", (what: string) => violations.push(what));
  await context.addInitScript(() =>
    document.addEventListener("securitypolicyviolation", ({ violatedDirective, blockedURI }) =>
      (window as never as { violated(what: string): void }).violated(`${violatedDirective} ${blockedURI}`),
    ),
  );
  const { page, faults } = await cleanPage(context);
  await page.goto(url);
  return { page, faults, violations };
}

test.each([
  ["names the edge", () => `script-src 'self' ${own.edge.url}`, 'data-plugins="json-ld"'],
  ["has a nonce", () => "script-src 'nonce-r4nd0m'", 'nonce="r4nd0m" data-plugins="json-ld"'],
  [
    "has a nonce and 'strict-dynamic'",
    () => "script-src 'nonce-r4nd0m' 'strict-dynamic'",
    'nonce="r4nd0m" data-plugins="json-ld"',
  ],
  [
    "names the edge, on a page that names the file's hash",
    () => `script-src 'self' ${own.edge.url}`,
    `integrity="${hashes["murmur.js"]}" crossorigin`,
  ],
  [
    "names the files' hashes alone",
    () => `script-src '${hashes["murmur.js"]}' '${hashes["murmur-decisions.js"]}' '${integrityOf(CALLS)}'`,
    `integrity="${hashes["murmur.js"]}" crossorigin`,
  ],
])(
  "under a policy that %s the tag records, decides, delivers and fills, and violates nothing",
  async (_what, policy, attributes) => {
    const { page, faults, violations } = await open(policy(), attributes);
    // The policy is in force.
    await expect(page.evaluate(() => (document.createElement("div").innerHTML = "<b></b>"))).rejects.toThrow(
      /TrustedHTML/,
    );
    await expect.poll(() => violations.splice(0)).toEqual(["require-trusted-types-for trusted-types-sink"]);
    await expect.poll(() => page.locator("h1").textContent()).toBe("Find the shoe that fits your stride");
    expect(await page.locator("a").getAttribute("href")).toBe("/category/running-shoes");
    await syncNow(page);
    expect((await edgeProfile(own.edge.url, await deviceId(page))).segments).toEqual(["running-shoe-intent"]);
    expect(violations).toEqual([]);
    expect(faults.filter((fault) => !fault.includes("TrustedHTML"))).toEqual([]);
    await page.context().close();
  },
);

test("the policy that docs/tag.md says is enough is the first of these, without what is the test page's own", () => {
  const documented = blocksIn("text").find(({ note }) => note === "Content-Security-Policy");
  const directives = (policy: string): string[] =>
    policy
      .split(";")
      .map((one) => one.trim())
      .filter(Boolean)
      .sort();
  const edge = "https://edge.shop.example";
  const tried = `${STRICT.replace("img-src data:;", "")}; script-src ${edge}; connect-src ${edge}`;
  expect(directives(documented!.code)).toEqual(directives(tried));
});

test("a file that is not the one whose hash the page names does not run", async () => {
  const { page } = await open(
    `script-src 'self' ${own.edge.url}`,
    `integrity="${integrityOf("another")}" crossorigin`,
  );
  await page.waitForLoadState();
  expect(await page.evaluate(() => Array.isArray(window.murmur))).toBe(true);
  await page.context().close();
});

test("the hashes that the build has printed are those of the files, as they lie there and as the edge serves them", async () => {
  expect(Object.keys(hashes)).toEqual(
    expect.arrayContaining([
      "murmur.js",
      "murmur-debug.js",
      "murmur-ga4-data-layer.js",
      "murmur-consent-tcf.js",
    ]),
  );
  for (const [name, hash] of Object.entries(hashes)) {
    expect(hash).toMatch(/^sha384-[\w+/]{64}$/);
    expect(integrityOf(readFileSync(new URL(name, DIST), "utf8"))).toBe(hash);
    const served = await fetch(`${own.edge.url}/${name}`);
    expect(served.headers.get("access-control-allow-origin")).toBe("*");
    expect(integrityOf(await served.text())).toBe(hash);
  }
});
