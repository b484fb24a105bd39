import { expect, onTestFinished } from "vitest";
import { open } from "../../src/debug.ts";
import type { FakeSource } from "./fake-source.ts";

/** The panel as it is on the page, for as long as the test runs. */
export interface OpenPanel {
  readonly root: ShadowRoot;
  close(): void;
  find<Found extends HTMLElement = HTMLElement>(selector: string): Found;
  all(selector: string): HTMLElement[];
  /** What can be read, in one line. */
  text(selector: string): string;
  tab(name: string): void;
}

/** Opens the panel and waits until it has looked. */
export async function openPanel(source: FakeSource): Promise<OpenPanel> {
  const close = open(source);
  onTestFinished(close);
  const root = document.querySelector("murmur-debug")!.shadowRoot!;
  const all = (selector: string) => [...root.querySelectorAll<HTMLElement>(selector)];
  const find = <Found extends HTMLElement>(selector: string) => {
    const [found] = all(selector);
    if (!found) throw new Error(`nothing is ${selector}`);
    return found as Found;
  };
  const panel: OpenPanel = {
    root,
    close,
    all,
    find,
    text: (selector) => find(selector).innerText.replace(/\s+/g, " ").trim(),
    tab: (name) => find(`#tab-${name}`).click(),
  };
  await expect.poll(() => panel.text(".status")).not.toBe("Looking…");
  await Promise.all(
    find(".panel")
      .getAnimations()
      .map(({ finished }) => finished),
  );
  // Each test begins where a first visit does.
  panel.tab("segments");
  return panel;
}
