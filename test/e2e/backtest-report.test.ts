import { spawnSync } from "node:child_process";
import { mkdtemp, readFile, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath, pathToFileURL } from "node:url";
import type { Browser } from "playwright-core";
import { afterAll, beforeAll, expect, test } from "vitest";
import { cleanPage, launchChromium } from "../kit/browser.ts";

const BIN = fileURLToPath(new URL("../../packages/cli/dist/bin.js", import.meta.url));

let folder: string;
let browser: Browser;
let address: string;

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), "murmur-test-"));
  const run = (...args: string[]) =>
    spawnSync(process.execPath, [BIN, ...args], { cwd: folder, encoding: "utf8" });
  expect(run("init", ".", "--yes", "--language", "json").status).toBe(0);
  const { status, stderr } = run(
    "backtest",
    "murmur.config.json",
    "sample.csv",
    "--report",
    "report.html",
    "--figures",
    "f.json",
  );
  expect([status, stderr]).toEqual([0, ""]);
  address = pathToFileURL(join(folder, "report.html")).href;
  browser = await launchChromium();
});

afterAll(async () => {
  await browser?.close();
  await rm(folder, { recursive: true, force: true });
});

test.each([
  ["desktop", 1280, 900],
  ["phone", 390, 844],
])(
  "on a %s, the report shows everything it should, reaches nothing and complains of nothing",
  async (_name, width, height) => {
    const context = await browser.newContext({ viewport: { width, height } });
    const { page, faults } = await cleanPage(context);
    const asked: string[] = [];
    page.on("request", (request) => asked.push(request.url()));
    await page.goto(address);
    await page.waitForSelector("#chart-entries canvas");
    expect(asked).toEqual([address]);
    const ids = await page.locator("main > section").evaluateAll((all) => all.map(({ id }) => id));
    expect(ids).toEqual([
      "sizes",
      "entries",
      "flow",
      "rfm",
      "conversion",
      "dwell",
      "overlap",
      "segments",
      "costs",
      "input",
    ]);
    // Nothing is wider than the screen, so that nobody has to scroll sideways to read.
    expect(await page.evaluate(() => document.documentElement.scrollWidth)).toBe(width);
    const cutOff = page
      .locator(".scroll")
      .evaluateAll((all) => all.filter((box) => box.scrollWidth > box.clientWidth).length);
    expect(await cutOff).toBe(0);
    const figures = JSON.parse(await readFile(join(folder, "f.json"), "utf8")) as {
      people: number;
      segments: { id: string; name: string; size: number }[];
      rfm: { squares: { people: number }[] };
    };
    expect(await page.locator(".facts b").first().textContent()).toBe(String(figures.people));
    for (const { id, size } of figures.segments) {
      const row = page.locator("#segments tr", { has: page.locator(`code:text-is("${id}")`) });
      expect(await row.locator("td").first().textContent()).toBe(String(size));
    }
    const squares = await page.locator("#rfm td b").allTextContents();
    expect(squares.map(Number).sort()).toEqual(figures.rfm.squares.map(({ people }) => people).sort());
    expect(faults).toEqual([]);
    await context.close();
  },
);

test("which segments are shown, and whose entries, is for the reader to choose", async () => {
  const context = await browser.newContext({ viewport: { width: 390, height: 844 } });
  const { page, faults } = await cleanPage(context);
  await page.goto(address);
  const series = page.locator("#chart-sizes .u-legend .u-series");
  // The stages of the lifecycle are there at first, and the instant in front.
  await expect.poll(() => series.count()).toBe(7);
  await page.getByLabel("RFM champion", { exact: true }).check();
  await expect.poll(() => series.count()).toBe(8);
  await page.locator("#choose-entries").selectOption("cart-abandoner");
  await page.waitForSelector("#chart-entries canvas");
  // The charts are drawn: there are pixels of their colours.
  const isDrawn = (): Promise<boolean> =>
    page.locator("#chart-entries canvas").evaluate((canvas) => {
      const { width, height } = canvas as HTMLCanvasElement;
      const { data } = (canvas as HTMLCanvasElement).getContext("2d")!.getImageData(0, 0, width, height);
      return data.some((value) => value > 0);
    });
  await expect.poll(isDrawn).toBe(true);
  expect(faults).toEqual([]);
  await context.close();
});

test("names that are markup, or longer than the page, are texts that keep to it", async () => {
  const markup = `</script><img src=x onerror="document.title='broken'">`;
  const long = "W".repeat(90);
  const segments = {
    [`id-${long}`]: { name: long, when: { count: "X", gte: 1 } },
    markup: { name: markup, description: markup, when: { count: "X", gte: 1 } },
  };
  await writeFile(join(folder, "hostile.json"), JSON.stringify({ segments }));
  await writeFile(
    join(folder, "<b>.csv"),
    `profile,timestamp,event\n${markup},2026-01-01,X\n${long},soon,X\n`,
  );
  const flags = ["--title", markup, "--conversion", markup, "--report", "hostile.html"];
  const { status } = spawnSync(process.execPath, [BIN, "backtest", "hostile.json", "<b>.csv", ...flags], {
    cwd: folder,
  });
  expect(status).toBe(3);
  for (const width of [1280, 390]) {
    const context = await browser.newContext({ viewport: { width, height: 900 } });
    const { page, faults } = await cleanPage(context);
    await page.goto(pathToFileURL(join(folder, "hostile.html")).href);
    await page.waitForSelector("#chart-entries canvas");
    expect(await page.title()).toBe(markup);
    expect(await page.locator("img").count()).toBe(0);
    expect(await page.evaluate(() => document.documentElement.scrollWidth)).toBe(width);
    expect(await page.locator("#input h3").textContent()).toBe("1 bad row");
    expect(faults).toEqual([]);
    await context.close();
  }
});

test("on paper, bars are there, and charts are drawn for white, whatever the screen is", async () => {
  const context = await browser.newContext({ viewport: { width: 794, height: 1123 }, colorScheme: "dark" });
  const { page, faults } = await cleanPage(context);
  await page.goto(address);
  await page.waitForSelector("#chart-entries canvas");
  /** Whether the chart has lines of that colour, as a pixel of a canvas has it: alpha, blue, green, red. */
  const isDrawnWith = (colour: number): Promise<boolean> =>
    page.locator("#chart-sizes canvas").evaluate((canvas, wanted) => {
      const { width, height } = canvas as HTMLCanvasElement;
      const { data } = (canvas as HTMLCanvasElement).getContext("2d")!.getImageData(0, 0, width, height);
      return new Uint32Array(data.buffer).includes(wanted);
    }, colour);
  const [DARK_LINE, LIGHT_LINE] = [0xff413d34, 0xffe0e2df];
  await expect.poll(() => isDrawnWith(DARK_LINE)).toBe(true);
  expect(await isDrawnWith(LIGHT_LINE)).toBe(false);
  await page.emulateMedia({ media: "print" });
  await expect.poll(() => isDrawnWith(LIGHT_LINE), { timeout: 20_000 }).toBe(true);
  const adjust = (selector: string): Promise<string> =>
    page
      .locator(selector)
      .first()
      .evaluate((element) => getComputedStyle(element).printColorAdjust);
  for (const selector of [".bars i", ".matrix td[style]", ".range s"])
    expect(await adjust(selector)).toBe("exact");
  expect(await page.locator(".choose").isVisible()).toBe(false);
  expect(faults).toEqual([]);
  await context.close();
});
