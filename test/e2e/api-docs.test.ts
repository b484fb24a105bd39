import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import type { Browser } from "playwright-core";
import { afterAll, beforeAll, expect, test } from "vitest";
import { freePort, startEdge, type EdgeProcess } from "../../tools/edge-process.ts";
import { cleanPage, launchChromium } from "../kit/browser.ts";

let edge: EdgeProcess;
let browser: Browser;
let folder: string;

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), "murmur-test-"));
  const options = { persistTo: folder, allowedOrigins: [], tokenSecret: "x".repeat(32) };
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

test.each([1280, 390])(
  "/docs shows every call, %i px wide, and asks nobody else for anything",
  async (width) => {
    const context = await browser.newContext({ viewport: { width, height: 900 } });
    const { page, faults } = await cleanPage(context);
    const asked: string[] = [];
    page.on("request", (request) => asked.push(request.url()));
    await page.goto(`${edge.url}/docs`);
    await page.locator(".opblock").first().waitFor();
    const described = (await (await fetch(`${edge.url}/openapi.json`)).json()) as { paths: object };
    const calls = Object.values(described.paths).flatMap((operations) => Object.keys(operations as object));
    expect(await page.locator(".opblock").count()).toBe(calls.length);
    await page
      .getByRole("button", { name: /\/v1\/batch/ })
      .first()
      .click();
    await page.getByText("Order Completed").first().waitFor();
    expect(await page.evaluate(() => document.documentElement.scrollWidth - innerWidth)).toBeLessThanOrEqual(
      0,
    );
    expect(asked.filter((url) => !url.startsWith(edge.url) && !url.startsWith("data:"))).toEqual([]);
    expect(faults).toEqual([]);
    await context.close();
  },
);

test("/docs runs nothing but its own files", async () => {
  const { headers } = await fetch(`${edge.url}/docs`);
  expect(headers.get("content-security-policy")).toMatch(
    /default-src 'none'; script-src 'self';.*frame-ancestors 'none'/,
  );
  expect(headers.get("x-content-type-options")).toBe("nosniff");
});
