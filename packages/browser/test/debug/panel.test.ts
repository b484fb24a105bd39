import { expect, onTestFinished, test, vi } from "vitest";
import { userEvent } from "vitest/browser";
import { open } from "../../src/debug.ts";
import { consoleWarnings } from "../kit.ts";
import { FakeSource } from "./fake-source.ts";
import { openPanel } from "./kit.ts";

const DEFINITION = { segments: { seen: { when: { count: "X", within: "7d" as const, gte: 1 } } } };

function add<Tag extends keyof HTMLElementTagNameMap>(tag: Tag): HTMLElementTagNameMap[Tag] {
  const element = document.createElement(tag);
  document.body.append(element);
  onTestFinished(() => element.remove());
  return element;
}

function hide(state: DocumentVisibilityState): void {
  vi.spyOn(document, "visibilityState", "get").mockReturnValue(state);
  document.dispatchEvent(new Event("visibilitychange"));
}

test("lies over the page and moves nothing of it", async () => {
  const paragraph = add("p");
  paragraph.textContent = "the page";
  const before = [
    paragraph.getBoundingClientRect(),
    document.documentElement.scrollHeight,
    document.body.lastChild,
  ];
  const panel = await openPanel(new FakeSource(DEFINITION));
  const frame = panel.find(".panel").getBoundingClientRect();
  expect(frame.width).toBeGreaterThan(300);
  expect([
    paragraph.getBoundingClientRect(),
    document.documentElement.scrollHeight,
    document.body.lastChild,
  ]).toEqual(before);
  panel.close();
  expect(document.querySelector("murmur-debug")).toBeNull();
});

test("no style of the page's reaches it, and none of its own the page", async () => {
  const style = add("style");
  style.textContent = `
    * { --paper: red; --ink: red; font-size: 40px !important; display: none !important; }
    murmur-debug { position: static !important; opacity: 0 !important; pointer-events: auto !important }
    html, body, iframe { display: block !important }`;
  const panel = await openPanel(new FakeSource(DEFINITION));
  const host = getComputedStyle(document.querySelector("murmur-debug")!);
  expect([host.position, host.display, host.opacity, host.pointerEvents]).toEqual([
    "fixed",
    "block",
    "1",
    "none",
  ]);
  const frame = getComputedStyle(panel.find(".panel"));
  expect([frame.display, frame.color === "rgb(255, 0, 0)"]).toEqual(["flex", false]);
  expect(parseFloat(frame.fontSize)).toBeLessThan(16);
  const heading = add("h2");
  style.remove();
  expect(getComputedStyle(heading).display).toBe("block");
});

test("what the page does to all of its document does not reach it: moved, seen through, blurred, under a dialogue", async () => {
  const clean = await openPanel(new FakeSource(DEFINITION));
  const place = clean.find(".panel").getBoundingClientRect();
  clean.close();
  const style = add("style");
  style.textContent = `
    html { transform: translateX(200px) scale(.5); opacity: 0; filter: blur(9px) }
    ::backdrop { background: red !important; display: block !important }`;
  const dialogue = add("dialog");
  dialogue.style.cssText =
    "position: fixed; inset: 0; width: 100vw; height: 100vh; max-width: none; max-height: none";
  dialogue.show();
  const cover = add("div");
  cover.popover = "manual";
  cover.style.cssText = dialogue.style.cssText;
  cover.showPopover();
  const panel = await openPanel(new FakeSource(DEFINITION));
  const host = document.querySelector("murmur-debug")!;
  expect(panel.find(".panel").getBoundingClientRect()).toEqual(place);
  expect(document.elementFromPoint(place.right - 40, place.top + 40)).toBe(host);
  expect(getComputedStyle(host, "::backdrop").display).toBe("none");
});

test("on a page that is written from right to left, it reads as everywhere: its words are English", async () => {
  document.documentElement.dir = "rtl";
  document.documentElement.lang = "ar";
  onTestFinished(() => ["dir", "lang"].forEach((name) => document.documentElement.removeAttribute(name)));
  const source = new FakeSource(DEFINITION);
  source.track("X");
  const panel = await openPanel(source);
  panel.find("[data-segment=seen] summary").click();
  await expect.poll(() => panel.all(".tree .value")).toHaveLength(1);
  const left = (selector: string) => panel.find(selector).getBoundingClientRect().left;
  expect(left(".tree .value")).toBeLessThan(left(".tree .wanted"));
  expect(left("#tab-segments")).toBeLessThan(left("#tab-events"));
  expect(left("h2")).toBeLessThan(left(".tools"));
  expect(panel.find(".panel").closest("[lang]") ?? panel.root.host.getAttribute("lang")).toBe("en");
});

test("opened twice, it is one panel, which has the focus", async () => {
  const button = add("button");
  button.focus();
  const panel = await openPanel(new FakeSource(DEFINITION));
  expect(panel.root.activeElement).toBe(panel.find(".panel"));
  button.focus();
  open(new FakeSource(DEFINITION));
  expect(document.querySelectorAll("murmur-debug")).toHaveLength(1);
  expect(panel.root.activeElement).toBe(panel.find(".panel"));
  await userEvent.keyboard("{Escape}");
  expect(document.querySelector("murmur-debug")).toBeNull();
  expect(document.activeElement).toBe(button);
});

test("tabs are chosen with the arrows, Home and End, and only the chosen one is in the order of focus", async () => {
  const panel = await openPanel(new FakeSource(DEFINITION));
  panel.find("#tab-segments").focus();
  const chosen = () => panel.all("[role=tab][aria-selected=true]").map(({ id }) => id);
  for (const [key, id] of [
    ["ArrowRight", "events"],
    ["ArrowRight", "slots"],
    ["ArrowLeft", "events"],
    ["Home", "segments"],
    ["ArrowLeft", "consent"],
    ["ArrowRight", "segments"],
    ["End", "consent"],
  ]) {
    await userEvent.keyboard(`{${key}}`);
    expect(chosen()).toEqual([`tab-${id}`]);
    expect(panel.root.activeElement?.id).toBe(`tab-${id}`);
    expect(
      panel
        .all("[role=tabpanel]")
        .filter(({ hidden }) => !hidden)
        .map((view) => view.id),
    ).toEqual([`view-${id}`]);
  }
  expect(panel.all("[role=tab]").filter(({ tabIndex }) => tabIndex === 0)).toHaveLength(1);
  await userEvent.keyboard("{Tab}");
  expect(panel.root.activeElement?.id).toBe("view-consent");
});

test("the page's shortcuts do not hear what is typed into it, and Escape first empties the filter", async () => {
  const heard = vi.fn();
  document.addEventListener("keydown", heard);
  document.addEventListener("click", heard);
  onTestFinished(() => document.removeEventListener("keydown", heard));
  onTestFinished(() => document.removeEventListener("click", heard));
  const panel = await openPanel(new FakeSource(DEFINITION));
  panel.tab("events");
  const filter = panel.find<HTMLInputElement>("#view-events .filter");
  filter.focus();
  await userEvent.keyboard("s/");
  expect(filter.value).toBe("s/");
  await userEvent.keyboard("{Escape}");
  expect(filter.value).toBe("");
  await userEvent.keyboard("{Escape}");
  expect(document.querySelector("murmur-debug")).toBeNull();
  expect(heard).not.toHaveBeenCalled();
});

test("a page that scrolls by itself does not take the wheel from it, nor hear that something was touched or let go of", async () => {
  const heard: string[] = [];
  const types = [
    "wheel",
    "touchmove",
    "touchend",
    "pointerup",
    "mouseup",
    "dblclick",
    "contextmenu",
    "paste",
  ];
  for (const type of types) {
    const take = (event: Event): void => {
      heard.push(type);
      event.preventDefault();
    };
    addEventListener(type, take, { passive: false });
    onTestFinished(() => removeEventListener(type, take));
  }
  const panel = await openPanel(new FakeSource(DEFINITION));
  for (const type of types) {
    const event = new Event(type, { bubbles: true, cancelable: true, composed: true });
    expect(panel.find("#view-segments").dispatchEvent(event)).toBe(true);
  }
  expect(heard).toEqual([]);
});

test("a hidden page is left alone; when it is seen again, what changed meanwhile is there", async () => {
  const source = new FakeSource(DEFINITION);
  const panel = await openPanel(source);
  onTestFinished(() => void vi.restoreAllMocks());
  hide("hidden");
  const { looks } = source;
  const clock = panel.text(".clock");
  source.track("X");
  await new Promise((resolve) => setTimeout(resolve, 1_300));
  expect(source.looks).toBe(looks);
  expect(panel.text(".clock")).toBe(clock);
  hide("visible");
  await expect.poll(() => panel.text(".status")).toMatch("In 1 of 1 segments");
  expect(panel.text(".clock")).not.toBe(clock);
});

test("closed, it neither listens nor looks", async () => {
  const source = new FakeSource(DEFINITION);
  const panel = await openPanel(source);
  panel.close();
  const { looks } = source;
  expect(source.listeners.size).toBe(0);
  await new Promise((resolve) => setTimeout(resolve, 1_200));
  expect(source.looks).toBe(looks);
});

test("many changes at once are one look, and a source that changes by being looked at does not run away", async () => {
  const source = new FakeSource(DEFINITION);
  const panel = await openPanel(source);
  const before = source.looks;
  for (let n = 0; n < 50; n++) source.track("X");
  await expect.poll(() => panel.text(".status")).toMatch("In 1 of 1");
  expect(source.looks - before).toBeLessThanOrEqual(2);
  const { look } = source;
  source.look = function () {
    this.changed();
    return look.call(this);
  };
  const start = source.looks;
  source.changed();
  await new Promise((resolve) => setTimeout(resolve, 1_500));
  expect(source.looks - start).toBeLessThanOrEqual(3);
});

test("a source that fails is told of in the panel, never to the page", async () => {
  const warnings = consoleWarnings();
  const faults = vi.fn();
  addEventListener("error", faults);
  addEventListener("unhandledrejection", faults);
  const source = new FakeSource(DEFINITION);
  const panel = await openPanel(source);
  const { look } = source;
  source.look = async () => {
    throw new Error("the disk is gone");
  };
  source.changed();
  await expect.poll(() => panel.find(".problem").hidden).toBe(false);
  expect(panel.text(".problem")).toMatch("the disk is gone");
  source.look = look;
  source.changed();
  await expect.poll(() => panel.find(".problem").hidden).toBe(true);
  source.look = async () => ({ ...(await look.call(source)), snapshot: { bad: true } as never });
  source.changed();
  await expect.poll(() => panel.text("#view-segments")).toMatch("snapshot_invalid");
  panel.close();
  const broken = open({ look: () => null as never, onChange: () => null as never });
  const thrower = open(null as never);
  broken();
  thrower();
  expect(faults).not.toHaveBeenCalled();
  expect(document.querySelector("murmur-debug")).toBeNull();
  expect(warnings.length).toBeLessThan(3);
});

test("everything can be copied as JSON", async () => {
  const source = new FakeSource(DEFINITION);
  source.track("X", { price: 3 });
  const written = vi.spyOn(navigator.clipboard, "writeText").mockResolvedValue();
  onTestFinished(() => written.mockRestore());
  const panel = await openPanel(source);
  panel.find("[aria-label^='Copy everything']").click();
  await expect.poll(() => panel.text(".said")).toBe("Copied");
  const report = JSON.parse(written.mock.calls[0]![0]) as Record<string, unknown>;
  expect(report).toMatchObject({
    page: location.href,
    segments: [{ id: "seen", isIn: true, explanation: { result: true, value: 1 } }],
    look: { device: expect.any(String), rows: [{ n: 1, entry: { name: "X", properties: { price: 3 } } }] },
  });
});

test("it docks to either side", async () => {
  const panel = await openPanel(new FakeSource(DEFINITION));
  const isLeft = () => panel.find(".panel").getBoundingClientRect().left < 20;
  if (innerWidth <= 560) {
    const low = panel.find(".panel").clientHeight;
    panel.find("[aria-label^='Make the panel']").click();
    await expect.poll(() => panel.find(".panel").clientHeight).toBeGreaterThan(low);
  } else {
    panel.find("[aria-label^='Move to']").click();
    expect(isLeft()).toBe(true);
  }
});
