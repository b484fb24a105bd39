import type { Entry, SlotDecision } from "@murmur/core";
import { expect, test } from "vitest";
import { cleanPage } from "../kit/browser.ts";
import { useOwnPages } from "../kit/own-pages.ts";
import { deviceId, syncNow, tagReady } from "../kit/tag.ts";

const own = useOwnPages("test/kit/capped-slots.config.ts");

const PAGE = (): string =>
  `<script async src="${own.edge.url}/murmur.js" data-consent="opt-out"></script>
   <h1 data-murmur-slot="hero" data-murmur-text="title">Own</h1>
   <h2 data-murmur-slot="banner" data-murmur-text="title">Own</h2>`;

interface Answer {
  entries: Entry[];
  slots: Record<string, SlotDecision>;
}

/** What the edge decides for a device, and the log that it decides by. */
async function edgeOf(device: string): Promise<Answer> {
  const body = { device, sentAt: Date.now(), cursor: 0, entries: [], slots: ["hero", "banner"] };
  const response = await fetch(`${own.edge.url}/v1/sync`, { method: "POST", body: JSON.stringify(body) });
  return (await response.json()) as Answer;
}

test("a capped slot is shown as often as it may be, then its fallback, and an exposure is recorded once a session: on the device and at the edge alike", async () => {
  const context = await own.browser.newContext();
  const { page, faults } = await cleanPage(context);
  const url = own.page("/shown", { html: PAGE() });
  for (const [view, title] of ["Sale", "Sale", "Welcome", "Welcome"].entries()) {
    await page.goto(url);
    await tagReady(page);
    await page.waitForSelector("h1[data-murmur-variant]");
    await page.waitForSelector("h2[data-murmur-variant]");
    // Also what is decided after it was recorded leaves this view as it is.
    await syncNow(page);
    expect(await page.locator("h1").textContent()).toBe(title);
    const here = await page.evaluate(() => window.murmur.slots());
    const edge = await edgeOf(await deviceId(page));
    expect(edge.slots["hero"]).toEqual(here?.["hero"]);
    expect(edge.slots["banner"]).toEqual(here?.["banner"]);
    expect(edge.slots["hero"]!.content).toEqual({ title: view === 0 ? "Sale" : "Welcome" });
    const { variant } = edge.slots["banner"]!.experiment!;
    expect(await page.locator("h2").textContent()).toBe(variant === "bold" ? "Bold" : "Plain");
    expect(edge.slots["banner"]!.experiment).toEqual({ id: "copy", variant, viewed: true });
    const names = edge.entries.map((entry) => entry.type === "event" && entry.name);
    expect(names.filter((name) => name === "Slot Viewed")).toHaveLength(Math.min(view + 1, 2));
    expect(names.filter((name) => name === "Experiment Viewed")).toHaveLength(1);
  }
  expect(faults).toEqual([]);
  await context.close();
});

test("where murmur-decisions.js cannot be loaded, the experiment's slot keeps the page's own content, and the others are filled", async () => {
  const context = await own.browser.newContext();
  const asked: string[] = [];
  await context.route("**/murmur-decisions.js", (route) => {
    asked.push(route.request().url());
    return route.abort();
  });
  const page = await context.newPage();
  const faults: string[] = [];
  page.on("pageerror", (error) => faults.push(String(error)));
  const said: string[] = [];
  page.on("console", (message) => said.push(message.text()));
  await page.goto(own.page("/alone", { html: PAGE() }));
  await page.waitForSelector("h1[data-murmur-variant]");
  await tagReady(page);
  // Before the edge has answered, nothing is said of slots.
  await syncNow(page);
  expect(Object.keys((await page.evaluate(() => window.murmur.slots())) ?? {})).toEqual(["hero"]);
  expect(await page.locator("h2").textContent()).toBe("Own");
  await expect.poll(() => said.some((text) => text.includes("[no_decisions]"))).toBe(true);
  expect(asked).toHaveLength(1);
  expect(faults).toEqual([]);
  await context.close();
});
