import { captureVisit } from "./capture/capture-visit.ts";
import { init, type Murmur } from "./murmur.ts";
import type { Plugin } from "./plugin.ts";
import { background, report } from "./report.ts";

/** One call that the page made before or after the tag was there: a method of Murmur, and its arguments. */
type Call = [method: string, ...args: unknown[]];

interface TagFace extends Murmur {
  /** Makes a call, as the queue did before the tag was there. `["ready", callback]` hands out the interface. */
  push(call: Call): void;
}

/** The script tag: `<script async src="https://edge.shop.example/murmur.js" data-identity="…">`. */
function startTag(script: HTMLScriptElement): void {
  const page = window as unknown as { murmur?: TagFace | Call[] };
  // Loaded twice, by a tag manager and the page: one is enough.
  if (page.murmur && "deviceId" in page.murmur) return;
  const { edge = new URL(script.src).origin, identity, database, consent, plugins = "" } = script.dataset;
  const murmur = init({
    edge,
    ...(identity && { identity }),
    ...(database && { database }),
    ...(consent === "opt-out" && { consent }),
    capture: false,
  });
  const methods: Record<string, unknown> = {
    ...murmur,
    ready: (callback: (murmur: TagFace) => void) => callback(face),
  };
  const face: TagFace = {
    ...murmur,
    push(queued) {
      const [method, ...args] = Array.isArray(queued) ? queued : [];
      const call = method !== undefined && Object.hasOwn(methods, method) ? methods[method] : undefined;
      if (typeof call !== "function") return report("unknown_call", `there is no murmur.${String(method)}`);
      try {
        (call as (...args: unknown[]) => unknown)(...args);
      } catch (error) {
        report("page_callback", `murmur.push(["${method}", …]) failed`, error);
      }
    },
  };
  const queue = page.murmur;
  page.murmur = face;
  // First what the page has asked for: after a sign-out, this view is the next visitor's.
  if (Array.isArray(queue)) for (const call of queue) face.push(call);
  captureVisit(murmur);
  for (const name of plugins.split(/\s+/).filter(Boolean))
    background(addPlugin(murmur, `${edge}/murmur-${name}.js`));
}

/** An adapter is a module of its own, of which the default export makes a plugin. */
async function addPlugin(murmur: Murmur, url: string): Promise<void> {
  const { default: plugin } = (await import(/* @vite-ignore */ url)) as { default: () => Plugin };
  murmur.use(plugin());
}

try {
  startTag(document.currentScript as HTMLScriptElement);
} catch (error) {
  report("not_started", "the tag could not start", error);
}
