import { StrictMode, type ReactNode } from "react";
import { createRoot, hydrateRoot } from "react-dom/client";
import { expect, onTestFinished, vi } from "vitest";

/** Renders into the page, in StrictMode, until the test is over. */
export function mount(children: ReactNode): HTMLElement {
  const container = document.body.appendChild(document.createElement("div"));
  const root = createRoot(container);
  root.render(<StrictMode>{children}</StrictMode>);
  onTestFinished(() => {
    root.unmount();
    container.remove();
  });
  return container;
}

/** Takes over what a server has rendered. What React can only mend, it says. */
export function hydrate(html: string, children: ReactNode): { container: HTMLElement; mended: unknown[] } {
  const container = document.body.appendChild(document.createElement("div"));
  container.innerHTML = html;
  const mended: unknown[] = [];
  const root = hydrateRoot(container, <StrictMode>{children}</StrictMode>, {
    onRecoverableError: (error) => mended.push(error),
  });
  onTestFinished(() => {
    root.unmount();
    container.remove();
  });
  return { container, mended };
}

/** The element, as soon as it is there. */
export async function find(container: HTMLElement, selector: string): Promise<HTMLElement> {
  const look = (): HTMLElement | null => container.querySelector<HTMLElement>(selector);
  await expect.poll(look, { message: `there is no ${selector}` }).not.toBeNull();
  return look()!;
}

/** What React finds wrong, in the console. */
export function consoleErrors(): unknown[][] {
  const said: unknown[][] = [];
  const spy = vi.spyOn(console, "error").mockImplementation((...words: unknown[]) => {
    // Of a server and a browser in one page, which only a test is.
    if (!String(words[0]).includes("Detected multiple renderers")) said.push(words);
  });
  onTestFinished(() => spy.mockRestore());
  return said;
}
