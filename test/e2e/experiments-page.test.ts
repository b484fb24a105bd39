import { randomUUID } from "node:crypto";
import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import type { Browser } from "playwright-core";
import { afterAll, beforeAll, expect, test } from "vitest";
import { freePort, startEdge, type EdgeProcess } from "../../tools/edge-process.ts";
import { SOME_RESULTS } from "../experiments/some-results.ts";
import { cleanPage, launchChromium } from "../kit/browser.ts";

const ADMIN_TOKEN = "an-admin-token-of-the-tests-of-32-bytes";

let edge: EdgeProcess;
let browser: Browser;
let folder: string;

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), "murmur-test-"));
  const options = {
    persistTo: folder,
    allowedOrigins: [],
    tokenSecret: "x".repeat(32),
    vars: { ADMIN_TOKEN },
    definition: "worker/test/kit/shop-with-experiments.ts",
  };
  [edge, browser] = await Promise.all([
    freePort().then((port) => startEdge({ port, ...options })),
    launchChromium(),
  ]);
});

afterAll(async () => {
  await browser?.close();
  await edge?.kill();
  await rm(folder, { recursive: true, force: true });
});

/** A visitor who was shown a variant, and may have ordered afterwards. */
async function visit(variant: string, orders: boolean): Promise<void> {
  const now = Date.now();
  const event = (name: string, timestamp: number, properties: object) => ({
    type: "event",
    id: randomUUID(),
    name,
    timestamp,
    properties,
  });
  const entries = [
    event("Experiment Viewed", now - 2_000, { experiment_id: "lab-copy", variation_id: variant }),
    ...(orders ? [event("Lab Ordered", now - 1_000, { total: 20 })] : []),
  ];
  const device = randomUUID().replaceAll("-", "");
  await fetch(`${edge.url}/v1/sync`, {
    method: "POST",
    body: JSON.stringify({ device, sentAt: now, entries }),
  });
}

test("/experiments shows what was counted, to who has the token", async () => {
  for (let at = 0; at < 12; at++) await visit(at % 2 === 0 ? "control" : "bold", at % 4 === 1);
  const { page, faults } = await cleanPage(await browser.newContext());
  await page.goto(`${edge.url}/experiments`);
  await page.getByLabel("Admin token").fill("not-the-token");
  await page.getByRole("button").click();
  await page.getByText("That is not the worker’s ADMIN_TOKEN.").waitFor();
  expect(faults.splice(0)).toEqual([expect.stringContaining("401")]);
  await page.getByLabel("Admin token").fill(ADMIN_TOKEN);
  await page.getByRole("button").click();
  const copy = page.locator('[data-experiment="lab-copy"]');
  await copy.waitFor();
  await expect
    .poll(async () => {
      await page.getByRole("button", { name: "Refresh" }).click();
      return copy.locator("tbody tr").allInnerTexts();
    })
    .toEqual([
      expect.stringMatching(/^control[^]*\b6\b[^]*\b0\b[^]*0%/),
      expect.stringMatching(/^Bold[^]*\b6\b[^]*\b3\b[^]*50%/),
    ]);
  await copy.getByText("The split is as it was meant (p = 1.0).").waitFor();
  expect(faults).toEqual([]);
  await page.context().close();
});

test.each([1280, 390])("/experiments tells at a glance what came of each, %i px wide", async (width) => {
  const context = await browser.newContext({ viewport: { width, height: 900 } });
  const { page, faults } = await cleanPage(context);
  const asked: string[] = [];
  page.on("request", (request) => asked.push(request.url()));
  await page.route("**/v1/admin/experiments", (route) =>
    route.fulfill({ json: { experiments: SOME_RESULTS } }),
  );
  // As the demo links to it: the token does not stay in the address.
  await page.goto(`${edge.url}/experiments#token=${ADMIN_TOKEN}`);
  await page.locator("article").nth(4).waitFor();
  expect(page.url()).toBe(`${edge.url}/experiments`);
  expect(await page.locator(".verdict strong").allInnerTexts()).toEqual([
    "Bold wins",
    "No winner",
    "Broken split",
    "No winner",
    "No winner",
  ]);
  // What the definition says is text, whatever it says.
  expect(await page.getByText("Calm & <b>plain</b>").count()).toBe(1);
  expect(await page.getByRole("img", { name: /^Lift \+\d/ }).count()).toBeGreaterThan(0);
  expect(await page.evaluate(() => document.documentElement.scrollWidth - innerWidth)).toBeLessThanOrEqual(0);
  expect(asked.filter((url) => !url.startsWith(edge.url) && !url.startsWith("data:"))).toEqual([]);
  expect(faults).toEqual([]);
  const pictures = process.env["MURMUR_PICTURES"];
  if (pictures) await page.screenshot({ path: join(pictures, `experiments-${width}.png`), fullPage: true });
  await context.close();
});

test("/experiments runs nothing but its own files", async () => {
  const { headers } = await fetch(`${edge.url}/experiments`);
  expect(headers.get("content-security-policy")).toMatch(
    /default-src 'none'; script-src 'self'; style-src 'self';.*frame-ancestors 'none'/,
  );
  expect(headers.get("x-content-type-options")).toBe("nosniff");
});
