import { describe, expect, test } from "vitest";
import { hasOrigin, originUrl } from "../src/personalize/origin-request.ts";
import { mayBeShared } from "../src/personalize/page-cache.ts";
import { ask, askText, html, PAGE, runner, SHOP, type Asking } from "./kit/shop-front.ts";

const FILLED = "Find the shoe that fits your stride";

describe("a page that is one visitor's own", () => {
  test("goes into no shared cache, and nothing of the origin's bytes is said of it", async () => {
    const origin = () =>
      html(PAGE, {
        "cache-control": "public, max-age=600, s-maxage=3600",
        "cdn-cache-control": "max-age=3600",
        "content-length": String(PAGE.length),
        etag: '"abc"',
        "last-modified": "Tue, 24 Nov 2026 00:00:00 GMT",
        expires: "Fri, 27 Nov 2026 00:00:00 GMT",
        age: "12",
        "accept-ranges": "bytes",
        vary: "Accept-Encoding",
        "x-shop": "kept",
        "content-security-policy": "default-src 'self'",
      });
    const { answer } = await askText({ origin, device: await runner(), path: "/own-headers" });
    expect(Object.fromEntries([...answer.headers].filter(([name]) => name !== "set-cookie"))).toEqual({
      "cache-control": "private, no-cache",
      "content-type": "text/html; charset=utf-8",
      "content-security-policy": "default-src 'self'",
      vary: "Accept-Encoding, Cookie",
      "x-shop": "kept",
    });
  });

  test("stays out of the browser's cache, too, where the origin wants that", async () => {
    const origin = () => html(PAGE, { "cache-control": "no-store, max-age=0" });
    const { answer } = await askText({ origin });
    expect(answer.headers.get("cache-control")).toBe("private, no-store");
  });

  test("keeps the origin's cookies beside the device's", async () => {
    const page = html();
    page.headers.append("set-cookie", "session=1; Path=/; HttpOnly");
    page.headers.append("set-cookie", "cart=2; Path=/");
    const { answer } = await askText({ origin: () => page });
    expect(answer.headers.getSetCookie().map((cookie) => cookie.split("=")[0])).toEqual([
      "session",
      "cart",
      "murmur_murmur",
    ]);
  });

  test("is asked for whole, whatever the browser has of it", async () => {
    const headers = {
      "if-none-match": '"abc"',
      "if-modified-since": "Tue, 24 Nov 2026 00:00:00 GMT",
      range: "bytes=0-99",
      "if-range": '"abc"',
    };
    const own = await ask({ headers, device: await runner() });
    for (const name of Object.keys(headers)) expect(own.asked[0]!.headers.get(name)).toBeNull();
    const pending = await ask({ headers, settings: { CONSENT: "opt-in" } });
    for (const [name, value] of Object.entries(headers))
      expect(pending.asked[0]!.headers.get(name)).toBe(value);
  });

  test("has the same headers where they alone are asked for", async () => {
    const origin = () =>
      html(null, { etag: '"abc"', "content-length": "5000", "cache-control": "max-age=60" });
    const { answer, asked } = await ask({ origin, method: "HEAD", device: await runner() });
    expect(asked[0]!.method).toBe("HEAD");
    expect([answer.status, await answer.text()]).toEqual([200, ""]);
    expect(answer.headers.get("etag")).toBeNull();
    expect(answer.headers.get("cache-control")).toBe("private, no-cache");
  });
});

describe("a page for everybody", () => {
  test("is asked for once, and personalised after the cache, which never has anybody's own", async () => {
    const path = "/cached";
    const origin = () => html(PAGE, { "cache-control": "public, max-age=600", etag: '"abc"' });
    const device = await runner();
    const first = await askText({ path, device, origin });
    // It is kept once it has been passed on.
    await expect
      .poll(async () => (await askText({ path, device, origin })).asked, { timeout: 20_000 })
      .toEqual([]);
    const nobody = await askText({ path, settings: { CONSENT: "opt-in" }, origin });
    const other = await askText({ path, origin });
    const second = await askText({ path, device, origin });
    expect([first, nobody, other, second].map(({ asked }) => asked.length)).toEqual([1, 0, 0, 0]);
    expect(second.text).toBe(first.text);
    expect(second.text).toContain(FILLED);
    expect(nobody.text).toBe(PAGE);
    expect(nobody.answer.headers.get("cache-control")).toBe("public, max-age=600");
    expect(nobody.answer.headers.get("etag")).toBe('"abc"');
    expect(nobody.answer.headers.getSetCookie()).toEqual([]);
    expect(other.text).toBe(PAGE);
    expect(other.answer.headers.get("cache-control")).toBe("private, no-cache");
    const kept = await caches.default.match(SHOP + path);
    expect(await kept!.text()).toBe(PAGE);
    expect(kept!.headers.getSetCookie()).toEqual([]);
  });

  test.each<[string, Record<string, string>, boolean]>([
    ["public", { "cache-control": "public, max-age=60" }, true],
    ["for shared caches", { "cache-control": "s-maxage=60" }, true],
    ["for content networks", { "cdn-cache-control": "s-maxage=60", "cache-control": "private" }, true],
    ["by encoding", { "cache-control": "public", vary: "Accept-Encoding" }, true],
    ["packed as not all can read", { "cache-control": "public", "content-encoding": "zstd" }, false],
    ["of which nothing is said", {}, false],
    ["for browsers", { "cache-control": "max-age=60" }, false],
    ["private", { "cache-control": "private, max-age=60" }, false],
    ["of a session", { "cache-control": "public, max-age=60", "set-cookie": "session=1" }, false],
    ["by cookie", { "cache-control": "public, max-age=60", vary: "Accept-Encoding, Cookie" }, false],
    ["by anything", { "cache-control": "public, max-age=60", vary: "*" }, false],
    ["not to be stored", { "cache-control": "public, no-store" }, false],
    ["to be asked for each time", { "cache-control": "public, no-cache" }, false],
    ["for no time", { "cache-control": "s-maxage=0" }, false],
    ["not for content networks", { "cdn-cache-control": "no-store", "cache-control": "public" }, false],
    ["of another type", { "cache-control": "public", "content-type": "application/json" }, false],
  ])("%s: %j", (_what, headers, shared) => expect(mayBeShared(html(PAGE, headers))).toBe(shared));

  test("is none that was asked for with authorization, nor one that is not there", async () => {
    const origin = () => html(PAGE, { "cache-control": "public, max-age=600" });
    const path = "/authorized";
    for (let at = 0; at < 2; at++)
      expect((await ask({ path, origin, headers: { authorization: "Basic x" } })).asked).toHaveLength(1);
    expect(mayBeShared(html(PAGE, { "cache-control": "public" }, 404))).toBe(false);
  });
});

describe("passes as it is", () => {
  const visitor = (
    origin: Asking["origin"],
    more: Asking = {},
  ): Promise<{ answer: Response; asked: Request[] }> =>
    runner().then((device) => ask({ ...more, ...(origin && { origin }), device }));

  test("what is no page, byte for byte and with all that is said of it", async () => {
    const bytes = crypto.getRandomValues(new Uint8Array(50_000));
    const headers = { "content-type": "image/png", etag: '"x"', "cache-control": "public, max-age=9" };
    const { answer } = await visitor(() => new Response(bytes, { headers }));
    expect(new Uint8Array(await answer.arrayBuffer())).toEqual(bytes);
    expect(Object.fromEntries(answer.headers)).toMatchObject(headers);
    expect(answer.headers.getSetCookie()).toEqual([]);
  });

  test.each<[string, number, Record<string, string>]>([
    ["a page that is not there", 404, {}],
    ["a failure", 500, {}],
    ["no answer at all", 503, { "retry-after": "5" }],
    ["a part of a page", 206, { "content-range": "bytes 0-9/100" }],
    ["a download", 200, { "content-disposition": "attachment; filename=x.html" }],
    ["what must not be changed", 200, { "cache-control": "no-transform" }],
    ["a page in a packing that nobody here knows", 200, { "content-encoding": "zstd" }],
    ["XHTML", 200, { "content-type": "application/xhtml+xml" }],
    ["JSON", 200, { "content-type": "application/json" }],
  ])("%s", async (_what, status, headers) => {
    const { answer } = await visitor(() => html(PAGE, headers, status));
    expect([answer.status, await answer.text()]).toEqual([status, PAGE]);
    expect(Object.fromEntries(answer.headers)).toMatchObject(headers);
    expect(answer.headers.getSetCookie()).toEqual([]);
  });

  test.each([301, 302, 303, 307, 308])("a redirect, %i, which the browser follows", async (status) => {
    const { answer } = await visitor(
      () => new Response(null, { status, headers: { location: "/elsewhere" } }),
    );
    expect([answer.status, answer.headers.get("location")]).toEqual([status, "/elsewhere"]);
  });

  test("nothing new", async () => {
    const { answer } = await visitor(() => new Response(null, { status: 304, headers: { etag: '"x"' } }));
    expect([answer.status, answer.headers.get("etag")]).toEqual([304, '"x"']);
  });

  test("what is sent, while it is sent", async () => {
    const { readable, writable } = new TransformStream<Uint8Array, Uint8Array>();
    const writer = writable.getWriter();
    let first: string | undefined;
    const answering = ask({
      method: "PUT",
      body: readable,
      async origin(request) {
        const reader = request.body!.getReader();
        first = new TextDecoder().decode((await reader.read()).value);
        void writer.write(new TextEncoder().encode("second")).then(() => writer.close());
        const { value } = await reader.read();
        return new Response(`${request.method} ${first} ${new TextDecoder().decode(value)}`);
      },
    });
    void writer.write(new TextEncoder().encode("first"));
    expect(await (await answering).answer.text()).toBe("PUT first second");
  });

  test("a WebSocket", async () => {
    const { answer, asked } = await ask({
      headers: { upgrade: "websocket", connection: "Upgrade" },
      origin() {
        const [client, server] = Object.values(new WebSocketPair());
        server!.accept();
        server!.addEventListener("message", ({ data }) => server!.send(`echo ${String(data)}`));
        return new Response(null, { status: 101, webSocket: client! });
      },
    });
    expect([answer.status, asked[0]!.headers.get("upgrade")]).toEqual([101, "websocket"]);
    const socket = answer.webSocket!;
    socket.accept();
    const echoed = new Promise((resolve) => socket.addEventListener("message", ({ data }) => resolve(data)));
    socket.send("hello");
    expect(await echoed).toBe("echo hello");
    socket.close();
  });

  test("a form, and all other methods", async () => {
    for (const method of ["POST", "PUT", "PATCH", "DELETE", "OPTIONS"]) {
      const { answer, asked } = await visitor(() => html(), { method });
      expect([asked[0]!.method, await answer.text()]).toEqual([method, PAGE]);
    }
  });
});

describe("the origin is asked", () => {
  test("on the visitor's behalf, and is told so by nobody else", async () => {
    const { asked } = await ask({
      path: "/a%20b/%2e%2e/c?x=1&y=%26",
      headers: {
        connection: "close, X-Secret",
        "x-secret": "1",
        te: "trailers",
        "x-forwarded-host": "evil.example",
        "x-forwarded-for": "6.6.6.6",
        "x-forwarded-proto": "ftp",
        "x-forwarded-scheme": "http",
        "x-forwarded-ssl": "off",
        x_forwarded_host: "evil.example",
        "x-original_url": "/admin",
        forwarded: "host=evil.example",
        "x-original-url": "/admin",
        "x-rewrite-url": "/admin",
        "cf-connecting-ip": "192.0.2.1",
        "accept-language": "de",
        cookie: "session=1",
      },
    });
    const { url, headers } = asked[0]!;
    expect(url).toBe(`${SHOP}/c?x=1&y=%26`);
    const others =
      "x-secret te forwarded x-forwarded-scheme x-forwarded-ssl x_forwarded_host x-original_url x-original-url x-rewrite-url upgrade";
    for (const name of others.split(" ")) expect([name, headers.get(name)]).toEqual([name, null]);
    expect(Object.fromEntries(headers)).toMatchObject({
      "x-forwarded-host": "shop.example",
      "x-forwarded-for": "192.0.2.1",
      "x-forwarded-proto": "https",
      "accept-language": "de",
      cookie: "session=1",
    });
  });

  test.each([
    ["/", "https://origin.example/"],
    ["/a/b?c=d", "https://origin.example/a/b?c=d"],
    ["//evil.example/x", "https://origin.example//evil.example/x"],
    ["/\\evil.example", "https://origin.example//evil.example"],
    ["/@evil.example", "https://origin.example/@evil.example"],
    ["/https://evil.example", "https://origin.example/https://evil.example"],
    ["/%2f%2fevil.example", "https://origin.example/%2f%2fevil.example"],
    ["/?x=//evil.example#y", "https://origin.example/?x=//evil.example"],
  ])("and nobody else, whatever the path looks like: %s", (path, url) => {
    expect(originUrl(SHOP + path, { ORIGIN: "https://origin.example" } as never)).toBe(url);
  });

  test("below a path of its own, which nothing leads out of", () => {
    const origin = { ORIGIN: "https://origin.example/shop/" } as never;
    expect(originUrl(`${SHOP}/a?b`, origin)).toBe("https://origin.example/shop/a?b");
    expect(originUrl(`${SHOP}/../../a`, origin)).toBe("https://origin.example/shop/a");
    expect(originUrl(`${SHOP}/%2e%2e/a`, origin)).toBe("https://origin.example/shop/a");
  });

  test("for nothing where there is none, and never for the worker's own addresses", async () => {
    expect(hasOrigin({} as never)).toBe(false);
    expect(hasOrigin({ ORIGIN: "" } as never)).toBe(false);
    for (const path of [
      "/v1/sync",
      "/v1/nothing",
      "/v1",
      "/healthz",
      "/openapi.json",
      "/murmur.js",
      "/murmur-x.js",
    ]) {
      const { asked, answer } = await ask({ path });
      expect([path, asked.length]).toEqual([path, 0]);
      await answer.body?.cancel();
    }
    for (const path of ["/v10", "/murmur", "/murmur.json", "/a/v1/sync", "/healthz/x"])
      expect([path, (await ask({ path })).asked.length]).toEqual([path, 1]);
  });
});
