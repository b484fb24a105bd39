import { randomUUID } from "node:crypto";
import type { Page } from "playwright-core";
import { expect, test } from "vitest";
import { useOwnPages } from "../kit/own-pages.ts";
import { shopperContext } from "../kit/shopper.ts";
import { tagReady } from "../kit/tag.ts";
import { eachOf } from "../load/each-of.ts";

const own = useOwnPages("test/kit/greeting.config.ts", (url) => ({ ORIGIN: url, CONSENT: "opt-out" }));

/** Values that somebody gives as their name, each of which would call `hit` where it is more than text. */
const NAMES = [
  "<img src=x onerror=hit()>",
  "</h1><script>hit()</script>",
  "</template></h1><script>hit()</script>",
  '"><script>hit()</script><a x="',
  '" onfocus="hit()" autofocus tabindex="0',
  "' onmouseover='hit()",
  "javascript:hit()",
  " \u0001java\tscript:hit()",
  "javascript&colon;hit()",
  "&#106;avascript&#58;hit()",
  "data:text/html,<script>parent.hit()</script>",
  "<svg onload=hit()>",
  "</script><script>hit()</script>",
  "<!--<script>hit()//-->",
  "{{ traits.name }} ${hit()} {{constructor.constructor('hit()')()}}",
  "{{ traits.name | <script>hit()</script> }}",
];

const SLOT = `<section id="slot" data-murmur-slot="greeting"><h1 data-murmur-text="title">Own</h1>
  <a data-murmur-href="href" href="/own">Own</a><a id="raw" data-murmur-href="image" href="/own">Own</a>
  <img data-murmur-src="image" data-murmur-alt="alt" src="data:," alt="own"><div data-murmur-html="html">Own</div>
  </section><p id="after">After</p>`;

const tag = (more = ""): string =>
  `<script async src="/murmur.js" data-consent="opt-out" data-capture="false" ${more}></script>`;

/** What the page has made of it: its elements, where its links lead, and what was run. */
const look = (page: Page): Promise<{ tags: string; protocols: string[]; hits: number; title: string }> =>
  page.evaluate(() => {
    const slot = document.querySelector("#slot")!;
    const named = (element: Element): string =>
      `${element.localName}[${[...element.attributes]
        .map(({ name }) => name)
        .filter((name) => !name.startsWith("data-murmur-own"))
        .sort()
        .join(" ")}]`;
    return {
      tags: [...slot.querySelectorAll("*")].map(named).join(" "),
      protocols: [...slot.querySelectorAll("a")].map(({ protocol }) => protocol),
      hits: (window as never as { hits: number }).hits,
      title: slot.querySelector("h1")!.textContent!,
    };
  });

/** Tells the device's profile its person's name, as the tag does. */
async function tell(device: string, name: string): Promise<void> {
  const entry = { type: "identify", id: randomUUID(), timestamp: Date.now(), traits: { name } };
  const body = JSON.stringify({ device, sentAt: Date.now(), entries: [entry] });
  const answer = await fetch(`${own.edge.url}/v1/sync`, { method: "POST", body });
  expect(await answer.json()).toMatchObject({ accepted: 1 });
}

async function shown(name: string, withTag: boolean): Promise<Awaited<ReturnType<typeof look>>> {
  const context = await shopperContext(own.browser);
  await context.addInitScript(() => {
    Object.assign(window, { hits: 0, hit: () => (window as never as { hits: number }).hits++ });
  });
  const device = randomUUID().replaceAll("-", "");
  await tell(device, name);
  await context.addCookies([{ name: "murmur_murmur", value: device, url: own.edge.url }]);
  const page = await context.newPage();
  await page.goto(`${own.edge.url}/greeting`);
  if (withTag) {
    await tagReady(page);
    await page.evaluate(() => window.murmur.segments());
  }
  // Whoever runs, runs by now: a focus, a picture that is not there, a hand on the slot.
  await page.locator("#slot h1").hover();
  await page.locator("#after").waitFor();
  const seen = await look(page);
  await context.close();
  // Where the tag writes anew, what the edge keeps of the page's own goes with it, sooner or later.
  return withTag ? { ...seen, tags: seen.tags.replaceAll(" template[]", "") } : seen;
}

test.each([
  ["that the edge has put into the page", false],
  ["also with the tag on the page", true],
])("what a visitor says of themselves is text, %s", async (_how, withTag) => {
  own.page("/greeting", { html: `${SLOT}${withTag ? tag() : ""}` });
  const plain = await shown("Ada", withTag);
  expect(plain).toMatchObject({ hits: 0, title: "Hello Ada" });
  await eachOf(NAMES, 4, async (name) => {
    const seen = await shown(name, withTag);
    expect({ ...seen, name }).toEqual({
      name,
      title: `Hello ${name}`,
      tags: plain.tags,
      protocols: ["http:", "http:", "http:"],
      hits: 0,
    });
  });
});
