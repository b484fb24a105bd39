import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import type { Browser, Page } from "playwright-core";
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
    await expect.poll(() => page.locator(".opblock").count()).toBe(calls.length);
    await page
      .getByRole("button", { name: /\/v1\/batch/ })
      .first()
      .click();
    await page.getByText("Order Completed").first().waitFor();
    expect(await page.evaluate(() => document.documentElement.scrollWidth - innerWidth)).toBeLessThanOrEqual(
      0,
    );
    expect(await faintTexts(page)).toEqual([]);
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

/** Texts with less than 4.5 to 1 between them and their ground, by WCAG 2.2, 1.4.3: none here is large. */
function faintTexts(page: Page): Promise<string[]> {
  return page.evaluate(() => {
    const numbers = (color: string): number[] => (color.match(/[\d.]+/g) ?? []).map(Number);
    const luminance = (color: string): number => {
      const [red = 0, green = 0, blue = 0] = numbers(color).map((value) =>
        value / 255 <= 0.04045 ? value / 255 / 12.92 : ((value / 255 + 0.055) / 1.055) ** 2.4,
      );
      return 0.2126 * red + 0.7152 * green + 0.0722 * blue;
    };
    const solid = (color: string): boolean => (numbers(color)[3] ?? 1) === 1;
    const groundOf = (element: Element | null): string => {
      const color = element ? getComputedStyle(element).backgroundColor : "rgb(255, 255, 255)";
      return solid(color) || !element ? color : groundOf(element.parentElement);
    };
    const isShown = (element: Element): boolean => element.checkVisibility({ checkOpacity: true });
    const hasText = ({ childNodes }: Element): boolean =>
      [...childNodes].some((node) => node.nodeType === Node.TEXT_NODE && node.textContent?.trim());
    return [...document.querySelectorAll("#api *:not(style, script, option)")]
      .filter((element) => hasText(element) && isShown(element))
      .map((element) => {
        const { color } = getComputedStyle(element);
        const [dark = 0, light = 0] = [luminance(color), luminance(groundOf(element))].sort((a, b) => a - b);
        return {
          ratio: (light + 0.05) / (dark + 0.05),
          text: `${element.textContent?.slice(0, 40)} ${color}`,
        };
      })
      .filter(({ ratio }) => ratio < 4.5)
      .map(({ ratio, text }) => `${ratio.toFixed(2)} ${text}`);
  });
}
