import { onTestFinished } from "vitest";
import type { Plugin, Recorder } from "../../src/plugin.ts";
import type { Murmur, Properties } from "../../src/index.ts";

export type Recorded = [method: string, nameOrProperties: unknown, properties?: Properties, id?: string];

/** Starts a plugin; what it records, as it comes, until the test is over or `stop` is called. */
export function capture(plugin: Plugin): { recorded: Recorded[]; stop(): void } {
  const recorded: Recorded[] = [];
  const recorder: Recorder = {
    track: async (name, properties, options) =>
      void recorded.push([
        "track",
        name,
        properties ?? {},
        ...(options?.id ? [options.id] : []),
      ] as unknown as Recorded),
    page: async (properties) => void recorded.push(["page", properties ?? {}]),
    identify: async (traits) => void recorded.push(["identify", traits ?? {}]),
  };
  // An adapter of what the page says asks for no more.
  const end = plugin.capture?.(recorder as Murmur);
  const stop = (): void => end?.();
  onTestFinished(stop);
  return { recorded, stop };
}

/** Something that cannot be read. */
export function hostile(): object {
  return new Proxy(
    {},
    {
      get() {
        throw new Error("not to be read");
      },
      ownKeys() {
        throw new Error("not to be listed");
      },
    },
  );
}

/** Faults that reach the page while the test runs. */
export function pageFaults(): unknown[] {
  const faults: unknown[] = [];
  const note = (event: Event): void => {
    event.preventDefault();
    faults.push(event);
  };
  addEventListener("error", note);
  addEventListener("unhandledrejection", note);
  onTestFinished(() => {
    removeEventListener("error", note);
    removeEventListener("unhandledrejection", note);
  });
  return faults;
}

/** Puts markup into the page until the test is over. */
export function show(html: string): HTMLElement {
  const place = document.createElement("div");
  place.innerHTML = html;
  document.body.append(place);
  onTestFinished(() => place.remove());
  return place;
}

export const wait = (ms: number): Promise<void> => new Promise((resolve) => setTimeout(resolve, ms));
