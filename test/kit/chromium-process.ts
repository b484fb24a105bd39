import { spawn, type ChildProcess } from "node:child_process";
import { createInterface } from "node:readline";
import { setTimeout as sleep } from "node:timers/promises";
import { chromium, type Browser, type BrowserContext } from "playwright-core";
import { CHROMIUM_FLAGS, chromiumPath } from "../../tools/chromium.mjs";

/** A Chromium as a shopper's: with a profile that outlives it, and none of the flags that Playwright adds. */
export interface ChromiumProcess {
  browser: Browser;
  /** The profile's pages. */
  context: BrowserContext;
  /** Ends it at once, as a crash or the system would: no process of it has time for anything. */
  kill(): Promise<void>;
}

/** `profile` is a folder. */
export async function startChromium(profile: string): Promise<ChromiumProcess> {
  const path = await chromiumPath();
  if (!path) throw new Error("the browser tests need Chromium: run `npm test`, or set CHROMIUM_PATH");
  const child = spawnChromium(path, profile);
  const gone = new Promise((resolve) => child.once("exit", resolve));
  const url = await debuggerOf(child);
  // Who looks for a line stops the rest of them: it would wait for a reader.
  child.stderr!.resume();
  await firstPage(url);
  const browser = await chromium.connectOverCDP(url);
  return { browser, context: browser.contexts()[0]!, kill: () => killGroup(child, gone) };
}

function spawnChromium(path: string, profile: string): ChildProcess {
  return spawn(
    path,
    [...CHROMIUM_FLAGS, "--headless=new", "--remote-debugging-port=0", `--user-data-dir=${profile}`],
    // A process group of its own, so that all its processes go with it.
    { detached: true, stdio: ["ignore", "ignore", "pipe"] },
  );
}

/** The address that Chromium prints when it is ready. */
async function debuggerOf(child: ChildProcess): Promise<string> {
  const said: string[] = [];
  for await (const line of createInterface(child.stderr!)) {
    said.push(line);
    const [, url] = /^DevTools listening on (ws:.*)$/.exec(line) ?? [];
    if (url !== undefined) return url;
  }
  throw new Error(`Chromium did not start:\n${said.join("\n")}`);
}

/** Waits until its first page is there: who attaches while it is being made is never answered. */
async function firstPage(url: string): Promise<void> {
  const { host } = new URL(url);
  for (;;) {
    const targets = (await (await fetch(`http://${host}/json/list`)).json()) as { type: string }[];
    if (targets.some(({ type }) => type === "page")) return;
    await sleep(20);
  }
}

/** Resolves when it is gone, whoever else has killed it: until then, what it holds of the profile is not the next one's. */
async function killGroup(child: ChildProcess, gone: Promise<unknown>): Promise<void> {
  if (child.exitCode === null && child.signalCode === null) process.kill(-child.pid!, "SIGKILL");
  await gone;
}
