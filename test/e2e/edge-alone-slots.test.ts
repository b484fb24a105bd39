import { expect, test } from "vitest";
import { cleanPage } from "../kit/browser.ts";
import { keptRows } from "../kit/kept-rows.ts";
import { useOwnPages } from "../kit/own-pages.ts";
import { shopperContext } from "../kit/shopper.ts";
import { syncNow, tagReady } from "../kit/tag.ts";

const soon = { timeout: 20_000 };
const own = useOwnPages("test/kit/edge-alone.config.ts", (url) => ({ ORIGIN: url, CONSENT: "opt-out" }));

test("what the edge alone decides is recorded where it is seen: its cap is used up, its experiment exposed once a session", async () => {
  own.page("/", {
    html: `<script async src="/murmur.js" data-consent="opt-out" data-capture="false"></script>
      <h1 data-murmur-slot="hero" data-murmur-text="title">Own</h1>
      <h2 data-murmur-slot="banner" data-murmur-text="title">Own</h2>
      <p data-murmur-slot="footer" data-murmur-text="title">Own</p>`,
  });
  const context = await shopperContext(own.browser);
  const { page, faults } = await cleanPage(context);
  const recorded = async (): Promise<(string | undefined)[]> =>
    (await keptRows(page)).map(({ entry }) => entry.name);
  for (const [view, title] of ["Sale", "Sale", "Welcome", "Welcome"].entries()) {
    await page.goto(own.edge.url);
    await tagReady(page);
    expect(await page.locator("h1").textContent()).toBe(title);
    expect(["Plain", "Bold"]).toContain(await page.locator("h2").textContent());
    expect(await page.locator("p").textContent()).toBe("Footer");
    const expected = ["Experiment Viewed", ...Array<string>(Math.min(view + 1, 2)).fill("Slot Viewed")];
    await expect.poll(async () => (await recorded()).sort(), soon).toEqual(expected);
    await syncNow(page);
    // Recorded once, however often this view is looked at again.
    expect(await recorded()).toHaveLength(expected.length);
    expect(await page.locator("h1").textContent()).toBe(title);
  }
  expect(faults).toEqual([]);
  await context.close();
});
