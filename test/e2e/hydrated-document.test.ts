import { build } from "esbuild";
import { expect, test } from "vitest";
import { cleanPage } from "../kit/browser.ts";
import { useOwnPages } from "../kit/own-pages.ts";

const own = useOwnPages();

/** Takes over the whole document, as Next.js does, by React 18, which is less forgiving than 19. */
async function hydrating(tag: string): Promise<string> {
  const contents = `
    import { createElement as h } from "react";
    import { hydrateRoot } from "react-dom/client";
    const scripts = [${JSON.stringify(tag)}, "/page.js"].map((src) => h("script", { async: true, key: src, src }));
    const head = h("head", null, h("title", null, "Own"), scripts);
    hydrateRoot(document, h("html", { lang: "en" }, head, h("body", null, h("h1", null, "Shop"))), {
      onRecoverableError: (error) => console.error(error.message),
    });`;
  const { outputFiles } = await build({
    stdin: { contents, resolveDir: new URL("../react-18", import.meta.url).pathname },
    bundle: true,
    format: "iife",
    define: { "process.env.NODE_ENV": '"production"' },
    write: false,
  });
  return outputFiles[0]!.text;
}

test("the panel waits for a page that takes its document over: it would be an element more, and React 18 rendered all anew", async () => {
  const tag = `${own.edge.url}/murmur.js`;
  const script = await hydrating(tag);
  // Long after the tag, and the panel's own file.
  own.file("/page.js", (response) =>
    setTimeout(() => response.writeHead(200, { "content-type": "text/javascript" }).end(script), 2_000),
  );
  own.file("/favicon.ico", (response) => response.writeHead(204).end());
  const url = own.file("/", (response) =>
    response
      .writeHead(200, { "content-type": "text/html; charset=utf-8" })
      .end(
        `<!DOCTYPE html><html lang="en"><head><title>Own</title><script async="" src="${tag}"></script><script async="" src="/page.js"></script></head><body><h1>Shop</h1></body></html>`,
      ),
  );
  const context = await own.browser.newContext();
  const { page, faults } = await cleanPage(context);
  await page.goto(`${url}?murmur-debug`, { waitUntil: "domcontentloaded" });
  const heading = await page.locator("h1").elementHandle();
  await page.locator("murmur-debug").waitFor({ state: "attached" });
  await page.waitForFunction(() => Object.keys(document).some((key) => key.startsWith("__reactContainer")));
  await expect.poll(() => page.evaluate(() => document.readyState)).toBe("complete");
  expect(await heading!.evaluate((element) => element.isConnected)).toBe(true);
  expect(faults).toEqual([]);
  await page.locator("murmur-debug").waitFor({ state: "attached" });
  await context.close();
});
