import { expect, test } from "vitest";
import { askText, html, PAGE, runner } from "./kit/shop-front.ts";

test("a page that had no slot is not read again, as long as the shop says that it is the same", async () => {
  const device = await runner();
  let body = "<p>No slot</p>";
  const shown = async (path: string, etag: string): Promise<string> =>
    (await askText({ path, device, origin: () => html(body, { etag }) })).text;
  for (const [path, etag] of [
    ["/a", '"1"'],
    ["/a", 'W/"1"'],
    ["/b", ""],
  ] as const)
    expect(await shown(path, etag)).toBe(body);
  // No shop does so: but it shows which of them is read.
  body = PAGE;
  expect(await shown("/a", '"1"')).toBe(body);
  for (const [path, etag] of [
    ["/a", '"2"'],
    ["/a?b", '"1"'],
    ["/a", 'W/"1"'],
    ["/b", ""],
  ] as const)
    expect(await shown(path, etag)).toContain("Find the shoe that fits your stride");
});
