import type { Page } from "playwright-core";
import { expect, test } from "vitest";
import { customerPage } from "../kit/customer-page.ts";
import { customerToken } from "../kit/customer-token.ts";
import { edgeProfile } from "../kit/demo-shop.ts";
import { useOwnPages } from "../kit/own-pages.ts";
import { deviceId, syncNow, tagReady } from "../kit/tag.ts";

const soon = { timeout: 20_000 };
const own = useOwnPages();

/** The segments that the edge has a device in. */
const segmentsOf = async (device: string) => (await edgeProfile(own.edge.url, device)).segments;

/** What is said on a page, and then the page is left for one without the tag. */
async function saidLast(page: Page, say: "identify" | "consent", said: object): Promise<void> {
  const away = own.page("/away", { html: "<p>Elsewhere</p>" });
  await page.evaluate(
    async ([say, said, away]) => {
      const { murmur } = window as unknown as { murmur: Record<string, (...said: unknown[]) => unknown> };
      await (say === "identify" ? murmur["identify"]!({}, said) : murmur["consent"]!(said));
      location.href = away;
    },
    [say, said, away] as const,
  );
  await page.waitForURL(away);
}

/** A customer who is in a segment, on another device. */
async function keen(customer: string): Promise<void> {
  const { page, context } = await customerPage(own, customer);
  for (let at = 0; at < 4; at++)
    await page.evaluate(() => window.murmur.track("Product Viewed", { category: "running-shoes" }));
  await syncNow(page);
  await context.close();
}

test("who signs in as the page is left has signed in", async () => {
  await keen("ida");
  const context = await own.browser.newContext();
  const page = await context.newPage();
  await page.goto(
    own.page("/in", {
      html: `<script async src="${own.edge.url}/murmur.js" data-consent="opt-out"></script>`,
    }),
  );
  await tagReady(page);
  await syncNow(page);
  const device = await deviceId(page);
  expect(await segmentsOf(device)).toEqual([]);
  await saidLast(page, "identify", { token: await customerToken("ida") });
  await expect.poll(() => segmentsOf(device), soon).toEqual(["running-shoe-intent"]);
  await context.close();
});

test("a no to marketing as the page is left is heard: the device is the customer's no more", async () => {
  await keen("eli");
  const { page, context } = await customerPage(own, "eli");
  const device = await deviceId(page);
  expect(await segmentsOf(device)).toEqual(["running-shoe-intent"]);
  await saidLast(page, "consent", { marketing: false });
  await expect.poll(() => segmentsOf(device), soon).toEqual([]);
  await context.close();
});
