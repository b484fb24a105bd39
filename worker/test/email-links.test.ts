import { jwtVerify } from "jose";
import { describe, expect, test } from "vitest";
import { DUE, KEY, send } from "./kit/email-call.ts";

describe("links to the shop's own pages", () => {
  const SECRET = "a-secret-of-the-tests-of-32-bytes-or-more";
  const html =
    '<a href="https://shop.example/cart?a=1&amp;b=2">cart</a> <a href="https://other.example/">other</a>';
  const env = { TOKEN_SECRET: SECRET, ALLOWED_ORIGINS: "https://shop.example" };

  test("carry a token that names their reader, and no others do", async () => {
    const { body } = await send("resend", { content: { subject: "s", html } }, env);
    const [, cart, other] = /href="([^"]+)".*href="([^"]+)"/.exec(body["html"] as string)!;
    expect(other).toBe("https://other.example/");
    const url = new URL(cart!.replaceAll("&amp;", "&"));
    expect([url.searchParams.get("a"), url.searchParams.get("b")]).toEqual(["1", "2"]);
    const token = url.searchParams.get("murmur_link")!;
    const { payload } = await jwtVerify(token, new TextEncoder().encode(SECRET), {
      audience: "murmur-link",
      currentDate: new Date(DUE),
    });
    expect(payload).toMatchObject({
      sub: "ada-17",
      campaign_id: "cart-rescue",
      email_id: KEY,
      iat: DUE / 1_000,
    });
  });

  test("carry it however the address is written in its tag", async () => {
    const links = [
      "<a href='https://shop.example/a'>",
      "<a href=https://shop.example/b>",
      '<A class="x" HREF = " https://shop.example/c ">',
      "<a title='Two for one' href='https://shop.example/d?a=1&amp;b=2'>",
    ];
    const { body } = await send("resend", { content: { subject: "s", html: links.join("\n") } }, env);
    const written = (body["html"] as string).split("\n");
    const read = await Promise.all(
      written.map(async (tag) => {
        let href: string | null = null;
        const page = new HTMLRewriter().on("a", {
          element: (element) => void (href = element.getAttribute("href")),
        });
        await page.transform(new Response(`${tag}x</a>`)).text();
        return new URL((href ?? "").replaceAll("&amp;", "&"));
      }),
    );
    expect(read.map(({ pathname }) => pathname)).toEqual(["/a", "/b", "/c", "/d"]);
    for (const { searchParams } of read) expect(searchParams.get("murmur_link")).toContain(".");
  });

  test("of a provider's template have one in the data; a device's mail has none", async () => {
    const { body } = await send("postmark", {}, env);
    expect(body["TemplateModel"]).toMatchObject({ murmur_link: expect.stringContaining(".") });
    const { body: device } = await send("postmark", {}, env, "");
    expect(device["TemplateModel"]).toEqual({ product: "Fellrunner & Co" });
  });
});
