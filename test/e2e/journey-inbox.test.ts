import type { Page } from "playwright-core";
import { expect, test, vi } from "vitest";
import type { Mail } from "../../examples/storefront/mail-provider.ts";
import { cleanPage } from "../kit/browser.ts";
import { ADMIN_TOKEN, moveClock } from "../kit/demo-shop.ts";
import { useDemo } from "../kit/demo.ts";
import { deviceId, syncNow } from "../kit/tag.ts";

const demo = useDemo();

const mailsTo = (address: string): Mail[] => demo.shop.mail.mails().filter(({ to }) => to.includes(address));

async function leaveCart(page: Page, customer: string): Promise<void> {
  await page.goto(`${demo.shop.url}/account`);
  await page.getByTestId(`sign-in-${customer}`).click();
  await page.getByTestId("sign-out").waitFor();
  // By then, the page's own script has told the address.
  await page.waitForLoadState();
  await syncNow(page);
  await page.goto(`${demo.shop.url}/products/daybreak`);
  await page.getByTestId("add-to-cart").click();
  await expect.poll(() => page.getByTestId("cart-count").textContent()).toContain("1");
  await syncNow(page);
}

async function order(page: Page): Promise<void> {
  await page.goto(`${demo.shop.url}/checkout`);
  await page.getByTestId("place-order").click();
  await page.waitForURL(/\/order\//);
  await syncNow(page);
}

/** By the panel, as somebody does who tries the demo. */
async function twoHoursPass(page: Page): Promise<void> {
  const toggle = page.getByTestId("time-machine-toggle");
  if ((await toggle.getAttribute("aria-expanded")) !== "true") await toggle.click();
  await page.getByTestId("advance-2h").click();
  await expect.poll(() => page.getByTestId("time-machine-status").textContent()).toBe("");
}

/** How many profiles have seen the experiment, and how many of them have ordered since. */
async function countedFor(experiment: string): Promise<[number, number]> {
  const answer = await fetch(`${demo.shop.edge.url}/v1/admin/experiments/${experiment}`, {
    headers: { authorization: `Bearer ${ADMIN_TOKEN}` },
  });
  const { variants } = (await answer.json()) as { variants: { exposed: number; converted: number }[] };
  const sum = (of: "exposed" | "converted"): number => variants.reduce((all, one) => all + one[of], 0);
  return [sum("exposed"), sum("converted")];
}

test("a cart is left for two hours: one e-mail, once, in the inbox; who has ordered gets none", async () => {
  const context = await demo.browser.newContext();
  const { page, faults } = await cleanPage(context);
  const elsewhere = await demo.browser.newContext();
  const { page: buyer, faults: buyerFaults } = await cleanPage(elsewhere);
  await leaveCart(buyer, "cust-grace");
  await order(buyer);
  await twoHoursPass(buyer);

  await leaveCart(page, "cust-ada");
  expect(demo.shop.mail.mails()).toEqual([]);
  await twoHoursPass(page);
  await vi.waitFor(() => expect(mailsTo("ada@example.com")).toHaveLength(1), { timeout: 60_000 });
  const [mail] = mailsTo("ada@example.com");
  expect(mail).toMatchObject({
    key: expect.stringMatching(/^\S{16,256}$/),
    from: "Tarnfell <shop@tarnfell.example>",
    to: ["ada@example.com"],
    subject: "Still thinking it over, Ada?",
    html: expect.stringContaining("Daybreak"),
  });

  // By the panel's link to the page, with the mail as its reader would have it.
  await page.getByRole("link", { name: "Inbox" }).click();
  const shown = page.getByTestId("mail");
  await expect.poll(() => shown.count()).toBe(1);
  expect(await shown.getAttribute("data-key")).toBe(mail?.key);
  expect(await shown.locator("h2").textContent()).toBe("Still thinking it over, Ada?");
  expect(await shown.textContent()).toContain("ada@example.com");
  // Two hours later by the time machine, and a moment later by whoever sends e-mails.
  expect(await shown.textContent()).toMatch(/Arrived\s*\d+ \w+ \d{4}, \d\d:\d\d, by this\s+machine/);
  const words = shown.locator("iframe").contentFrame().locator("body");
  await expect.poll(() => words.textContent()).toContain("Hello Ada,the Daybreak is still in your cart.");

  // She orders, and the panel leads to the page of the banner's experiment.
  await page.goto(demo.shop.url);
  await expect.poll(() => page.getByTestId("banner").textContent()).toContain("our cart is waiting");
  await order(page);
  await twoHoursPass(page);
  await vi.waitFor(async () => expect(await countedFor("banner-copy")).toEqual([1, 1]), { timeout: 60_000 });
  await page.getByRole("link", { name: "Experiment results" }).click();
  await page.locator('[data-experiment="banner-copy"]').waitFor();

  // Whatever has gone by since: nobody has been written to again, and the buyer never.
  const all = demo.shop.mail.mails();
  expect(all.map(({ to, calls }) => [to, calls])).toEqual([[["ada@example.com"], 1]]);

  // Had she enough of it: by the link that the mail has.
  await page.goto(`${demo.shop.url}/inbox`);
  const leaving = context.waitForEvent("page");
  await page
    .getByTestId("mail")
    .locator("iframe")
    .contentFrame()
    .getByRole("link", { name: "No more of these e-mails" })
    .click();
  const left = await leaving;
  await left.getByRole("button", { name: "Unsubscribe" }).click();
  await left.getByRole("heading", { name: "You are unsubscribed" }).waitFor();
  expect([...faults, ...buyerFaults]).toEqual([]);
  await Promise.all([context.close(), elsewhere.close()]);
});

test("a day after the e-mail, the ad platform is told, once, and the inbox shows it", async () => {
  const context = await demo.browser.newContext();
  const { page, faults } = await cleanPage(context);
  await leaveCart(page, "cust-grace");
  await twoHoursPass(page);
  await moveClock(demo.shop.edge.url, await deviceId(page), 24 * 36e5 + 60_000);
  await vi.waitFor(() => expect(demo.shop.receiver.webhooks()).toHaveLength(1), { timeout: 20_000 });
  expect(demo.shop.receiver.webhooks()).toMatchObject([
    { receiver: "ads-audience", journey: "cart-rescue", person: "cust-grace", calls: 1 },
  ]);
  await page.getByRole("link", { name: "Inbox" }).click();
  const shown = page.getByTestId("webhook");
  await expect.poll(() => shown.count()).toBe(1);
  expect(await shown.textContent()).toMatch(/Due\s*\d+ \w+ \d{4}, \d\d:\d\d, by the time machine/);
  expect(await shown.textContent()).toMatch(/ads-audience\s*Journey\s*cart-rescue\s*Customer\s*cust-grace/);
  // It believes nobody but who has the secret.
  const receivers = demo.shop.receiver.settings["WEBHOOK_RECEIVERS"]!;
  const { "ads-audience": address } = JSON.parse(receivers) as { "ads-audience": string };
  const headers = {
    "webhook-id": "a",
    "webhook-timestamp": `${Math.floor(Date.now() / 1_000)}`,
    "webhook-signature": "v1,AAAA",
  };
  expect((await fetch(address, { method: "POST", headers, body: "{}" })).status).toBe(401);
  expect(demo.shop.receiver.webhooks()).toHaveLength(1);
  expect(faults).toEqual([]);
  await context.close();
});

test("the inbox: one e-mail for each key, and nothing that a mail holds runs", async () => {
  const { url, settings, mails } = demo.shop.mail;
  const before = mails().length;
  const hand = (key: string, mail: object, token = settings["EMAIL_API_KEY"]): Promise<Response> =>
    fetch(`${url}/emails`, {
      method: "POST",
      headers: { authorization: `Bearer ${token}`, "idempotency-key": key },
      body: JSON.stringify(mail),
    });
  const script = "<script>parent.hit = true; hit = true;</script>";
  const hostile = {
    from: "a@example.com",
    to: [`${script}@example.com`],
    subject: `"></iframe>${script}`,
    html: `"></iframe>${script}<img src="x" onerror="parent.hit = true"><p style="color: rgb(200, 0, 0)">Words</p>`,
  };
  expect((await hand("a", hostile, "wrong")).status).toBe(403);
  expect((await hand("a", { ...hostile, html: "" })).status).toBe(422);
  const [first, second] = [await hand("a", hostile), await hand("a", hostile)];
  expect(await second.json()).toEqual(await first.json());
  const context = await demo.browser.newContext();
  const page = await context.newPage();
  await page.goto(`${demo.shop.url}/inbox`);
  expect(await page.getByTestId("mail").count()).toBe(before + 1);
  const shown = page.getByTestId("mail").first();
  expect(await shown.locator("h2").textContent()).toBe(hostile.subject);
  const words = shown.locator("iframe").contentFrame().getByText("Words");
  expect(await words.evaluate((element) => getComputedStyle(element).color)).toBe("rgb(200, 0, 0)");
  // Left alone while nothing comes, and there as soon as something does.
  const frame = await shown.locator("iframe").elementHandle();
  const polled = (): Promise<unknown> => page.waitForResponse(`${demo.shop.url}/inbox`);
  await polled();
  await polled();
  expect(await frame?.evaluate((element) => element.isConnected)).toBe(true);
  await hand("b", { ...hostile, subject: "The next" });
  await expect.poll(() => shown.locator("h2").textContent()).toBe("The next");
  expect(await page.evaluate(() => "hit" in window)).toBe(false);
  await context.close();
});
