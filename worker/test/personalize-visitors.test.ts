import { describe, expect, test } from "vitest";
import { newDevice, sync, token } from "./kit/call.ts";
import { ask, askText, BROWSER, COOKIE, PAGE, runner, SHOP, type Asking } from "./kit/shop-front.ts";
import { profileOf, storedIn } from "./kit/stored.ts";

const ID = new RegExp(`^${COOKIE}=([0-9a-f]{32}); Max-Age=34560000; Path=/; Secure; SameSite=Lax$`);
const FILLED = "Find the shoe that fits your stride";

/** A shopper whom an untouched page was answered: no cookie, not a byte. */
async function expectUntouched(asking: Asking): Promise<void> {
  const { text, answer } = await askText(asking);
  expect(text).toBe(PAGE);
  expect(answer.headers.getSetCookie()).toEqual([]);
  expect(answer.headers.get("cache-control")).toBeNull();
}

describe("the first visit", () => {
  test("gets an id, once, and no profile is made for it", async () => {
    const { answer, text } = await askText();
    const [cookie] = answer.headers.getSetCookie();
    const [, device] = ID.exec(cookie!)!;
    expect(text).toBe(PAGE);
    expect(await storedIn(profileOf("device", device!))).toEqual({ rows: [], alarm: null });
    const again = await ask({ device: device! });
    expect(again.answer.headers.getSetCookie()).toEqual([cookie]);
    expect(await storedIn(profileOf("device", device!))).toEqual({ rows: [], alarm: null });
  });

  test("of another is another id", async () => {
    const ids = await Promise.all(
      Array.from({ length: 5 }, async () => ID.exec((await ask()).answer.headers.getSetCookie()[0]!)![1]),
    );
    expect(new Set(ids).size).toBe(5);
  });

  test("with what is no id of a device counts as none", async () => {
    for (const device of ["x", "", "A".repeat(32), "0".repeat(33), "../../../etc/passwd", "0\u0000"]) {
      const { answer } = await ask({ cookie: `${COOKIE}=${encodeURIComponent(device)}` });
      expect(answer.headers.getSetCookie()[0]).toMatch(ID);
    }
  });

  test("to a page on plain http, as in local development, gets one that is not Secure", async () => {
    const { visitOf } = await import("../src/personalize/visit.ts");
    const request = new Request("http://localhost:8787/", {
      headers: { accept: "text/html", "user-agent": BROWSER },
    });
    const visit = visitOf(request, { consent: "opt-out", optInCountries: [], cookie: "murmur_other" });
    expect(visit!.cookie).toMatch(/^murmur_other=[0-9a-f]{32}; Max-Age=34560000; Path=\/; SameSite=Lax$/);
  });

  test("what else is asked for gets none", async () => {
    for (const headers of [{ accept: "*/*" }, { accept: "image/avif,*/*" }, { accept: "application/json" }])
      await expectUntouched({ headers });
    await expectUntouched({ method: "POST", body: "a=1" });
  });
});

describe("consent", () => {
  test("without a word the shop's choice counts: opt-in, where nothing else is set, leaves the page as it is", async () => {
    const device = await runner();
    for (const CONSENT of ["", "opt-in", "OPT-OUT", "yes"])
      await expectUntouched({ device, settings: { CONSENT } });
    await expectUntouched({ settings: { CONSENT: "opt-in" } });
    expect((await askText({ device, settings: { CONSENT: "opt-out" } })).text).toContain(FILLED);
  });

  test.each([
    ["11-", true],
    ["110", true],
    ["111", true],
    ["1--", false],
    ["-1-", false],
    ["01-", false],
    ["10-", false],
    ["---", false],
    ["000", false],
    ["11", false],
    ["1111", false],
    ["yes", false],
  ])("the cookie %j, where the shop asks first: %j", async (said, allowed) => {
    const asking = {
      device: await runner(),
      cookie: `murmur-consent=${said}`,
      settings: { CONSENT: "opt-in" },
    };
    if (allowed) expect((await askText(asking)).text).toContain(FILLED);
    else await expectUntouched(asking);
  });

  test.each(["0--", "-0-", "00-", "101"])(
    "a no, %j, stands against opt-out, also for who is new",
    async (said) => {
      await expectUntouched({ device: await runner(), cookie: `murmur-consent=${said}` });
      await expectUntouched({ cookie: `murmur-consent=${said}` });
    },
  );

  test("is asked first where the law has it so, and where it is not known where the visitor is", async () => {
    const device = await runner();
    const settings = { OPT_IN_COUNTRIES: "EU, gb" };
    for (const cf of [
      { country: "DE", isEUCountry: "1" },
      { country: "GB" },
      { country: "T1" },
      { country: "XX" },
      {},
    ])
      await expectUntouched({ device, settings, cf });
    expect((await askText({ device, settings, cf: { country: "US" } })).text).toContain(FILLED);
    const said = { device, settings, cf: { country: "GB" }, cookie: "murmur-consent=11-" };
    expect((await askText(said)).text).toContain(FILLED);
  });

  test("that the profile has heard withdrawn counts, whatever the page's cookie says", async () => {
    const device = await runner();
    await sync(device, [], { consent: { analytics: true, personalization: false } });
    expect((await askText({ device, cookie: "murmur-consent=111" })).text).toBe(PAGE);
  });

  test("Global Privacy Control is a no to marketing: what other devices know is not shown here", async () => {
    const [phone, laptop] = [newDevice(), await runner()];
    const identity = await token(newDevice());
    await sync(laptop, [], { identity });
    await sync(phone, [], { identity });
    expect((await askText({ device: phone })).text).toContain(FILLED);
    expect((await askText({ device: phone, headers: { "sec-gpc": "1" } })).text).toBe(PAGE);
    expect((await askText({ device: phone, cookie: "murmur-consent=110" })).text).toBe(PAGE);
    // Of its own it may be shown.
    const own = await runner();
    expect((await askText({ device: own, headers: { "sec-gpc": "1" } })).text).toContain(FILLED);
  });
});

describe("no person", () => {
  test.each([
    ["Googlebot", "Mozilla/5.0 (compatible; Googlebot/2.1; +http://www.google.com/bot.html)"],
    [
      "bingbot",
      "Mozilla/5.0 AppleWebKit/537.36 (KHTML, like Gecko; compatible; bingbot/2.0; +http://www.bing.com/bingbot.htm) Chrome/103.0.5060.134 Safari/537.36",
    ],
    [
      "GPTBot",
      "Mozilla/5.0 AppleWebKit/537.36 (KHTML, like Gecko; compatible; GPTBot/1.2; +https://openai.com/gptbot)",
    ],
    ["a preview", "facebookexternalhit/1.1 (+http://www.facebook.com/externalhit_uatext.php)"],
    ["curl", "curl/8.5.0"],
    ["who says nothing", ""],
  ])("%s gets the page as it is, and no id", async (_who, agent) => {
    await expectUntouched({ headers: { "user-agent": agent } });
    await expectUntouched({ device: await runner(), headers: { "user-agent": agent } });
  });

  test("nor does who is verified to be a bot, whatever it calls itself", async () => {
    await expectUntouched({ cf: { botManagement: { verifiedBot: true } } });
    await expectUntouched({ cf: { verifiedBotCategory: "Search Engine Crawler" } });
  });

  test.each([
    ["Chrome", BROWSER],
    [
      "Safari",
      "Mozilla/5.0 (iPhone; CPU iPhone OS 18_6 like Mac OS X) AppleWebKit/605.1.15 (KHTML, like Gecko) Version/18.6 Mobile/15E148 Safari/604.1",
    ],
    ["Firefox", "Mozilla/5.0 (X11; Linux x86_64; rv:145.0) Gecko/20100101 Firefox/145.0"],
  ])("%s is one", async (_name, agent) => {
    const { answer } = await ask({ headers: { "user-agent": agent } });
    expect(answer.headers.getSetCookie()).toHaveLength(1);
  });
});

test("what the visit is like is known as the tag knows it, and where it is", async () => {
  const { visitContext } = await import("../src/personalize/visit-context.ts");
  const request = new Request(`${SHOP}/category/shoes?utm_source=news&utm_medium=email&x=1`, {
    headers: {
      "accept-language": "de-AT,de;q=0.9,en;q=0.8",
      referer: "https://elsewhere.example/",
      "user-agent":
        "Mozilla/5.0 (Linux; Android 15; K) AppleWebKit/537.36 Chrome/142.0.0.0 Mobile Safari/537.36",
    },
    cf: { country: "AT", region: "Tyrol", city: "Innsbruck", timezone: "Europe/Vienna" },
  } as RequestInit);
  expect(visitContext(request)).toEqual({
    country: "AT",
    region: "Tyrol",
    city: "Innsbruck",
    timezone: "Europe/Vienna",
    device: "mobile",
    language: "de-AT",
    referrer: "https://elsewhere.example/",
    utm: { source: "news", medium: "email" },
    path: "/category/shoes",
  });
});

test.each([
  ["gzip, deflate, br, zstd", "gzip, br"],
  ["zstd;q=1, br;q=0.8, *;q=0.1", "br;q=0.8"],
  ["zstd", "identity"],
  ["identity", "identity"],
  ["", "identity"],
])("a page is asked for in no packing that cannot be read: of %j in %j", async (accepted, readable) => {
  const headers = { "accept-encoding": accepted };
  const own = await ask({ headers, device: await runner() });
  expect(own.asked[0]!.headers.get("accept-encoding")).toBe(readable);
  const pending = await ask({ headers, settings: { CONSENT: "opt-in" } });
  expect(pending.asked[0]!.headers.get("accept-encoding")).toBe(accepted);
});
