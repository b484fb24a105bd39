import { captureVisit } from "./capture/capture-visit.ts";
import { EVERYTHING, type ConsentSignal } from "./consent/consent.ts";
import { loadPart } from "./load-part.ts";
import { start, type Murmur } from "./murmur.ts";
import type { Plugin } from "./plugin.ts";
import { background, report } from "./report.ts";

/** One call that the page made before or after the tag was there: a method of Murmur, and its arguments. */
type Call = [method: string, ...args: unknown[]];

interface TagFace extends Murmur {
  /** Makes a call, as the queue did before the tag was there. `["ready", callback]` hands out the interface. */
  push(call: Call): void;
}

/**
 * The script tag: `<script async src="https://edge.shop.example/murmur.js" data-identity="…">`. `data-consent` has `opt-out`
 * or `opt-in`, and who else is asked: `tcf`, `google`, `shopify`; `data-plugins` has adapters.
 */
function startTag(script: HTMLScriptElement): void {
  const page = window as unknown as { murmur?: TagFace | Call[] };
  // Loaded twice, by a tag manager and the page: one is enough.
  if (page.murmur && "deviceId" in page.murmur) return;
  const { edge = new URL(script.src).origin, identity, database, consent, plugins, capture } = script.dataset;
  const asked = words(consent);
  const murmur = start({
    edge,
    identity,
    database,
    consent: asked.includes("opt-out") ? EVERYTHING : {},
    signals: asked
      .filter((name) => !name.startsWith("opt-"))
      .map((name): ConsentSignal => (say) => {
        background(loadPart<ConsentSignal>(edge, `consent-${name}`).then((signal) => signal(say)));
      }),
    load: () => loadPart(edge, "decisions"),
  });
  const face: TagFace = {
    ...murmur,
    push(queued) {
      const [method, ...args] = Array.isArray(queued) ? queued : [];
      try {
        if (method === "ready") (args[0] as (murmur: TagFace) => void)(face);
        else if (Object.hasOwn(murmur, method!))
          (murmur[method as keyof Murmur] as (...args: unknown[]) => unknown)(...args);
        else report("unknown_call", method);
      } catch (error) {
        report("page_callback", method, error);
      }
    },
  };
  const queue = page.murmur;
  page.murmur = face;
  // First what the page has asked for: after a sign-out, this view is the next visitor's.
  if (Array.isArray(queue)) for (const call of queue) face.push(call);
  if (capture !== "false") captureVisit(murmur);
  for (const name of words(plugins))
    background(loadPart<() => Plugin>(edge, name).then((plugin) => murmur.use(plugin())));
}

function words(text?: string): string[] {
  return text?.match(/\S+/g) ?? [];
}

try {
  startTag(document.currentScript as HTMLScriptElement);
} catch (error) {
  report("not_started", error);
}
