import { expect, test } from "vitest";
import { slotFiller } from "../src/slots/slot-filler.ts";

// A policy in force for the rest of this file's page: nothing becomes markup that was a text.
const policy = document.createElement("meta");
policy.httpEquiv = "Content-Security-Policy";
policy.content =
  "require-trusted-types-for 'script'; trusted-types 'none'; script-src 'self' 'unsafe-inline' blob:";
document.head.append(policy);

const element = (
  name: string,
  attributes: Record<string, string>,
  ...children: (Node | string)[]
): Element => {
  const made = document.createElement(name);
  for (const [key, value] of Object.entries(attributes)) made.setAttribute(key, value);
  made.append(...children);
  return made;
};

test("under Trusted Types, HTML that the definition decides is left out: the page's own stays, and all else is filled", () => {
  expect(() => (document.createElement("div").innerHTML = "<b></b>")).toThrow(/TrustedHTML/);
  const own = element("em", {}, "Own");
  const html = element("div", { "data-murmur-html": "html" }, own);
  const title = element("h2", { "data-murmur-text": "title" }, "Own title");
  const link = element("a", { "data-murmur-href": "href", href: "/own" }, "Own");
  const slot = element(
    "section",
    { "data-murmur-slot": "hero", "data-murmur-timeout": "Infinity" },
    html,
    title,
    link,
  );
  document.body.append(slot);
  const content = {
    html: "<b>Decided</b><img src=x onerror=hit=1>",
    title: "<b>Decided</b>",
    href: "/decided",
  };
  const filler = slotFiller(() => {});
  const decide = (shown: Record<string, string>) =>
    filler.fill({ hero: { variant: "v", content: shown, why: "" } }, undefined, undefined, () => true);
  // Told again and again, as on a page that lives for long.
  for (let time = 0; time < 3; time++)
    expect(() => decide({ ...content, title: `<b>${time}</b>` })).not.toThrow();
  expect([...html.childNodes]).toEqual([own]);
  expect([title.textContent, title.childElementCount]).toEqual(["<b>2</b>", 0]);
  expect(link.getAttribute("href")).toBe("/decided");
  // And back to what the page has of its own.
  filler.fill({}, undefined, undefined, () => true);
  expect([html.textContent, title.textContent, link.getAttribute("href")]).toEqual([
    "Own",
    "Own title",
    "/own",
  ]);
  expect("hit" in window).toBe(false);
});
