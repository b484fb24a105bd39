import { interpolate, type Exposure, type SlotContent } from "@murmur/core";
import { useState, type ReactElement, type ReactNode } from "react";
import { expect, test } from "vitest";
import { HOSTILE } from "../../core/test/kit/hostile-values.ts";
import { MurmurProvider, safeUrl, Slot } from "../src/index.ts";
import { fakeTag, type FakeTag } from "./kit/fake-tag.ts";
import { consoleErrors, mount } from "./kit/mount.tsx";

const decided = (content: SlotContent, variant = "v") => ({ variant, content, why: "" });

function Hero({ murmur }: { murmur: FakeTag }): ReactElement {
  return (
    <MurmurProvider murmur={murmur}>
      <Slot name="hero" as="section" className="hero">
        Own words
      </Slot>
    </MurmurProvider>
  );
}

test("the page's own content stands until something is decided, and again when nothing is", async () => {
  const errors = consoleErrors();
  const murmur = fakeTag();
  const container = mount(<Hero murmur={murmur} />);
  await expect.poll(() => container.innerHTML).toBe('<section class="hero">Own words</section>');
  murmur.decide(
    "hero",
    decided({ title: "Shoes", text: "New", image: "/a.svg", href: "/shoes", cta: "Look", rank: 3 }, "shoes"),
  );
  await expect
    .poll(() => container.innerHTML)
    .toBe(
      '<section class="hero" data-murmur-variant="shoes"><img alt="" src="/a.svg"><strong>Shoes</strong><p>New</p><a href="/shoes">Look</a></section>',
    );
  murmur.decide("hero", { ...decided({ text: "For all" }), variant: null });
  await expect.poll(() => container.querySelector("section")?.dataset["murmurVariant"]).toBe("fallback");
  murmur.decide("hero", undefined);
  await expect.poll(() => container.innerHTML).toBe('<section class="hero">Own words</section>');
  expect(errors).toEqual([]);
});

test("texts are escaped, HTML is the field html's alone, and addresses that run code are left out", async () => {
  const murmur = fakeTag();
  const container = mount(<Hero murmur={murmur} />);
  await murmur.followed();
  const attack = "<img src=x onerror=window.hit=1>";
  murmur.decide(
    "hero",
    decided({ title: attack, text: attack, href: " java\nscript:window.hit=1", image: "data:," }),
  );
  await expect.poll(() => container.querySelector("strong")?.textContent).toBe(attack);
  expect(container.querySelector("img, a")).toBeNull();
  murmur.decide("hero", decided({ html: "<em>Written</em> by the shop", title: attack }));
  await expect.poll(() => container.querySelector("em")?.textContent).toBe("Written");
  expect(container.textContent).toBe("Written by the shop");
  expect("hit" in window).toBe(false);
});

test.each(HOSTILE)(
  "the value %j from a shopper's own traits and events is inert, in texts, addresses and HTML",
  async (value) => {
    const murmur = fakeTag();
    const container = mount(<Hero murmur={murmur} />);
    await murmur.followed();
    const shape = (): string[] =>
      [...container.querySelectorAll("section *")].map((each) =>
        [each.localName, ...each.getAttributeNames()].join(" "),
      );
    // As the engine fills them in.
    const decide = (template: SlotContent, name: string): void =>
      murmur.decide("hero", decided(interpolate(template, () => name)));
    const plain = {
      title: "{{ traits.a }}",
      text: "Hi {{ traits.a }}",
      cta: "{{ traits.a }}",
      href: "/s?q={{ traits.a }}",
    };
    decide(plain, "Ada");
    await expect.poll(() => container.querySelector("strong")?.textContent).toBe("Ada");
    const before = shape();
    decide(plain, value);
    await expect.poll(() => container.querySelector("strong")?.textContent).toBe(value);
    expect(shape()).toEqual(before);
    // A whole address of theirs is one that runs nothing, or none.
    decide({ title: "Whole", href: "{{ traits.a }}", cta: "Look", image: "{{ traits.a }}" }, value);
    await expect.poll(() => container.querySelector("strong")?.textContent).toBe("Whole");
    for (const each of container.querySelectorAll("a")) expect(["http:", "https:"]).toContain(each.protocol);
    for (const each of container.querySelectorAll("img"))
      expect(new URL(each.src).protocol).toMatch(/^https?:$/);
    decide({ html: `<p title="{{ traits.a }}">{{ traits.a }}</p><a href="/p/{{ traits.a }}">x</a>` }, value);
    await expect.poll(() => container.querySelector("p")?.title).toBe(value);
    expect(container.querySelector("p")!.textContent).toBe(value);
    expect(shape().filter((each) => !each.startsWith("div"))).toEqual(["p title", "a href"]);
    expect("hit" in window).toBe(false);
  },
);

test("a function renders the decision itself, and is given no address that runs code, at any depth", async () => {
  const murmur = fakeTag();
  const container = mount(
    <MurmurProvider murmur={murmur}>
      <Slot name="hero">{(decision) => JSON.stringify(decision?.content ?? "own")}</Slot>
    </MurmurProvider>,
  );
  await expect.poll(() => container.textContent).toBe('"own"');
  const items = [
    { href: "javascript:alert(1)", name: "javascript: a book" },
    { href: "/b", price: null },
  ];
  murmur.decide("hero", decided({ items, url: "vbscript:x" }));
  await expect
    .poll(() => container.textContent)
    .toBe('{"items":[{"name":"javascript: a book"},{"href":"/b","price":null}]}');
});

test("a safe address is relative, or one of http, https, mailto and tel, as browsers read it", () => {
  for (const safe of [
    "/a",
    "a?b=javascript:",
    "#x",
    "//cdn.example/a",
    "https://a.example",
    "mailto:a@b.example",
    "tel:+1",
    "",
  ])
    expect(safeUrl(safe), safe).toBe(safe);
  for (const unsafe of [
    "javascript:x",
    "JavaScript:x",
    "\u0001javascript:x",
    "\tjava\tscript:x",
    "data:text/html,x",
    "blob:x",
    "http://[",
    3,
    null,
  ])
    expect(safeUrl(unsafe), String(unsafe)).toBeUndefined();
});

test("what a decision asks for is recorded once it was really on the screen, once while the slot is there", async () => {
  const murmur = fakeTag();
  const container = mount(
    <MurmurProvider murmur={murmur}>
      <div style={{ height: "200vh" }} />
      <Slot name="hero" style={{ height: 100 }}>
        Own
      </Slot>
    </MurmurProvider>,
  );
  await murmur.followed();
  const viewed = { name: "Slot Viewed", properties: { slot: "hero", variant: "a" } };
  const experiment = { name: "Experiment Viewed", properties: { experiment_id: "copy", variation_id: "a" } };
  const decide = (...exposures: Exposure[]): void =>
    murmur.decide("hero", { ...decided({ title: `${exposures.length} to say` }, "a"), exposures });
  decide(experiment, viewed);
  await expect.poll(() => container.textContent).toBe("2 to say");
  await new Promise((resolve) => setTimeout(resolve, 200));
  expect(murmur.tracked).toEqual([]);
  container.querySelector("strong")!.scrollIntoView();
  const said = [experiment, viewed].map(({ name, properties }) => [name, properties]);
  await expect.poll(() => murmur.tracked).toEqual(said);
  // The experiment is known of now; the rest is asked for again.
  decide(viewed);
  await expect.poll(() => container.textContent).toBe("1 to say");
  await new Promise((resolve) => setTimeout(resolve, 200));
  expect(murmur.tracked).toEqual(said);
  // It is asked for again: another session has begun, and it is before the shopper's eyes all the time.
  decide(experiment, viewed);
  await expect.poll(() => murmur.tracked).toEqual([...said, said[0]]);
  decide(viewed);
  said.push(said[0]!);
  const other = { ...viewed, properties: { slot: "hero", variant: "b" } };
  decide(other);
  await expect.poll(() => murmur.tracked).toEqual([...said, [other.name, other.properties]]);
});

test("an element that hands no ref on shows what is decided; that it is seen cannot be told, and nothing breaks", async () => {
  const errors = consoleErrors();
  const murmur = fakeTag();
  const Card = ({ children }: { children?: ReactNode }): ReactElement => <article>{children}</article>;
  const container = mount(
    <MurmurProvider murmur={murmur}>
      <Slot name="hero" as={Card}>
        Own words
      </Slot>
    </MurmurProvider>,
  );
  await murmur.followed();
  murmur.decide("hero", decided({ title: "For fans" }));
  await expect.poll(() => container.innerHTML).toBe("<article><strong>For fans</strong></article>");
  // React 18 itself says that such a component takes no ref.
  expect(errors.filter(([said]) => !String(said).includes("cannot be given refs"))).toEqual([]);
});

test("an experiment whose control is the page's own content shows that, and is recorded", async () => {
  const murmur = fakeTag();
  const container = mount(<Hero murmur={murmur} />);
  await murmur.followed();
  const exposure = {
    name: "Experiment Viewed",
    properties: { experiment_id: "copy", variation_id: "control" },
  };
  murmur.decide("hero", { ...decided({}, "control"), exposures: [exposure] });
  await expect.poll(() => murmur.tracked).toEqual([[exposure.name, exposure.properties]]);
  expect(container.textContent).toBe("Own words");
});

test("a slot that becomes another element is seen there", async () => {
  const murmur = fakeTag();
  const page = (as: "div" | "section"): ReactElement => (
    <MurmurProvider murmur={murmur}>
      <div style={{ height: "200vh" }} />
      <Slot name="hero" as={as} style={{ height: 100 }} />
    </MurmurProvider>
  );
  let show = (_as: "div" | "section"): void => {};
  function Page(): ReactElement {
    const [as, setAs] = useState<"div" | "section">("div");
    show = setAs;
    return page(as);
  }
  const container = mount(<Page />);
  await murmur.followed();
  const viewed = { name: "Slot Viewed", properties: { slot: "hero", variant: "a" } };
  murmur.decide("hero", { ...decided({ title: "New" }, "a"), exposures: [viewed] });
  await expect.poll(() => container.querySelector("strong")?.textContent).toBe("New");
  show("section");
  await expect.poll(() => container.querySelector("section")?.textContent).toBe("New");
  container.querySelector("section")!.scrollIntoView();
  await expect.poll(() => murmur.tracked).toEqual([[viewed.name, viewed.properties]]);
});
