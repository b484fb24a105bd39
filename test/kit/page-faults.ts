import type { BrowserContext } from "playwright-core";

declare global {
  interface Window {
    reached(fault: string): void;
  }
}

/**
 * What comes through to the pages' own error handlers, on any page of the context that is opened from now on, and faults of
 * the tag's own, which it speaks of in the console. There must be none, whatever goes wrong around the tag.
 */
export async function watchFaults(context: BrowserContext): Promise<string[]> {
  const faults: string[] = [];
  await context.exposeBinding("reached", (_source, fault: string) => void faults.push(fault));
  await context.addInitScript(() => {
    addEventListener("error", ({ message }) => window.reached(message));
    addEventListener("unhandledrejection", ({ reason }) => window.reached(String(reason)));
  });
  context.on("weberror", (error) => faults.push(String(error.error())));
  context.on("console", (message) => {
    const said = message.text();
    if (said.startsWith("murmur:") && said.includes("[internal]")) faults.push(said);
  });
  return faults;
}
