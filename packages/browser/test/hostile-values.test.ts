import { compile, decide, interpolate, isSafeUrl } from "@murmur/core";
import { afterEach, beforeEach, expect, test } from "vitest";
import { HOSTILE } from "../../core/test/kit/hostile-values.ts";
import { slotFiller } from "../src/slots/slot-filler.ts";

// A real browser's parser says what is inert: packages/core/test/escaping.test.ts only reads texts.
let ran = 0;
const alert = window.alert;

beforeEach(() => {
  ran = 0;
  window.alert = () => void ran++;
});

afterEach(() => {
  window.alert = alert;
  document.body.replaceChildren();
});

/** What a page has of a tree: tags with the names of their attributes. */
function shape(root: Element): string[] {
  return [...root.querySelectorAll("*")].map((each) =>
    [each.localName, ...each.getAttributeNames()].join(" "),
  );
}

/** Everything that a shopper might touch is touched. */
async function touch(root: Element): Promise<void> {
  for (const each of root.querySelectorAll<HTMLElement>("*")) {
    for (const type of ["mouseover", "focus", "error", "load", "click"])
      each.dispatchEvent(new Event(type, { cancelable: true }));
  }
  await new Promise((resolve) => setTimeout(resolve, 20));
}

test.each(HOSTILE)("HTML with the value %j in its text, attributes and addresses is inert", async (value) => {
  const template = `<p title="{{ a }}" class='x {{ a }}'>{{ a }}</p><a href="/p/{{ a }}?q={{ a }}">{{ a }}</a>`;
  const { html } = interpolate({ html: template }, () => value);
  const box = document.body.appendChild(document.createElement("div"));
  box.innerHTML = html as string;
  expect(shape(box)).toEqual(["p title class", "a href"]);
  const [paragraph, link] = [box.querySelector("p")!, box.querySelector("a")!];
  // A lone surrogate is one here, too.
  expect([paragraph.title, paragraph.textContent, link.textContent]).toEqual([value, value, value]);
  expect([link.protocol, link.host]).toEqual([location.protocol, location.host]);
  link.addEventListener("click", (click) => click.preventDefault());
  await touch(box);
  expect(ran).toBe(0);
});

test.each(HOSTILE)("a slot filled with the value %j is inert", async (value) => {
  document.body.innerHTML = `
    <section data-murmur-slot="hero" data-murmur-timeout="Infinity" data-murmur-text="title">
    </section>
    <section data-murmur-slot="links" data-murmur-timeout="Infinity">
      <a data-murmur-href="href" data-murmur-text="title">Own</a><a data-murmur-href="title">Own</a>
      <img data-murmur-src="image" data-murmur-alt="title" alt="own">
    </section>`;
  const before = shape(document.body);
  const content = {
    title: "{{ traits.a }}",
    href: "{{ traits.a }}:{{ traits.a }}",
    image: "/i/{{ context.a }}",
  };
  const program = compile({
    segments: {},
    slots: Object.fromEntries(
      ["hero", "links"].map((name) => [name, { variants: [], fallback: { content } }]),
    ),
  });
  const profile = program.profile();
  profile.identify({ id: "1", timestamp: 1, traits: { a: value, secret: "secret" } });
  slotFiller(() => {}).fill(
    decide(program, profile, { context: { a: value } }),
    undefined,
    undefined,
    () => true,
  );
  expect(document.querySelector("[data-murmur-slot=hero]")!.textContent).toBe(value);
  const after = shape(document.body).map((each) =>
    each.replace(/ (?:href|src|data-murmur-variant)\b(?!=)/g, ""),
  );
  expect(after).toEqual(before);
  for (const link of document.querySelectorAll("a")) {
    expect(["http:", "https:", ":"]).toContain(link.protocol);
    link.addEventListener("click", (click) => click.preventDefault());
  }
  await touch(document.body);
  expect(ran).toBe(0);
});

test("isSafeUrl is as strict as this browser's own reading", () => {
  for (const url of HOSTILE.flatMap((value) => [value, ` ${value}`, `\t${value}`])) {
    const { protocol } = Object.assign(document.createElement("a"), { href: url });
    if (isSafeUrl(url)) expect(["http:", "https:", "mailto:", "tel:", ":"]).toContain(protocol);
  }
});

// As comments and reviews may have it where a sanitizer leaves attributes of data and ids alone, as most do.
test.each([
  `<div data-murmur-slot="x" data-murmur-html="html" data-murmur-own-html="=<img src=x onerror=alert(1)>">Kind words</div>`,
  `<a data-murmur-slot="x" data-murmur-href="href" data-murmur-own-href="=javascript:alert(1)">Kind words</a>`,
  `<a data-murmur-slot="x" data-murmur-edge data-murmur-href="href" data-murmur-own-href="= javascript:alert(1)">Kind words</a>`,
])("markup that anybody may write has nothing put back into it that runs: %s", async (markup) => {
  document.body.innerHTML = markup;
  const filler = slotFiller(() => {});
  for (const whose of ["ada", "bob", null]) filler.fill({}, whose, undefined, () => true);
  await touch(document.body);
  for (const link of document.body.querySelectorAll("a")) link.click();
  await new Promise((resolve) => setTimeout(resolve, 50));
  expect(ran).toBe(0);
  expect(document.body.querySelector("[href], img")).toBeNull();
});

test("nor does it say what was shown: only the edge's own script does", () => {
  const exposures = [{ name: "Order Completed", properties: {} }];
  const shown = JSON.stringify({ x: { variant: "v", content: {}, why: "", exposures } });
  const slot = `<p data-murmur-slot="x" data-murmur-variant="v" data-murmur-edge>Kind words</p>`;
  const recorded: unknown[] = [];
  for (const tag of ["div", "script"]) {
    document.body.innerHTML = `${slot}<${tag} type="application/json" id="murmur-slots">${shown}</${tag}>`;
    slotFiller((exposure) => recorded.push([tag, exposure.name])).fill({}, "ada", new Map(), () => true);
  }
  expect(recorded).toEqual([["script", "Order Completed"]]);
});
