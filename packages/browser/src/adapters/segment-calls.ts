import type { Plugin, Recorder } from "../plugin.ts";
import { copied } from "./copied.ts";
import { followGlobal } from "./follow-global.ts";
import { followMethod } from "./follow-method.ts";
import { ownId } from "./own-id.ts";
import { quietly } from "./quietly.ts";
import type { Untrusted } from "./untrusted.ts";

type Call = [method: string, ...args: unknown[]];

/** How long analytics.js may take to make the calls that waited for it, ms. */
const CATCHING_UP = 1000;

/** Names of the first e-commerce spec put the verb first. */
const FIRST_SPEC =
  /^(Viewed|Clicked|Added|Removed|Updated|Completed) (Product|Promotion|Order|Checkout Step)$/;

/**
 * Calls of `analytics.track`, `page` and `identify`, as Segment's snippet and analytics.js take them, and those that wait
 * in the snippet's queue. They reach analytics.js as before. A user id proves nothing and goes nowhere: of `identify`,
 * only the traits are taken.
 */
export function segmentCalls(): Plugin {
  return {
    name: "segment-calls",
    capture(recorder) {
      /** What was seen in the queue: analytics.js makes the same calls again. */
      let waiting: Call[] = [];
      const see = (call: Call, queued?: boolean): void => {
        // Newer snippets add what the page was like when the call was made.
        const said = call.filter((arg) => !(arg as Untrusted | null)?.["__t"]) as Call;
        const before = waiting.findIndex(
          (one) => one.length === said.length && one.every((arg, at) => arg === said[at]),
        );
        if (queued) waiting.push(said);
        else if (before >= 0) return void waiting.splice(before, 1);
        record(recorder, said);
      };
      return followGlobal("analytics", (analytics) => {
        if (Array.isArray(analytics)) {
          const seeQueued = quietly((call: Call) => see(call, true));
          analytics.forEach(seeQueued);
          return followMethod(analytics, "push", (calls) => calls.forEach(seeQueued as never));
        }
        setTimeout(() => (waiting = []), CATCHING_UP);
        const ends = ["track", "page", "identify"].map((method) =>
          followMethod(
            analytics,
            method,
            quietly((args) => see([method, ...args])),
          ),
        );
        return () => ends.forEach((end) => end());
      });
    },
  };
}

function record(recorder: Recorder, [method, ...args]: Call): void {
  const [one, two, three] = args;
  const said = args.find(isObject) ?? {};
  if (method === "track")
    track(recorder, one === said ? said : { ...(three as object), event: one, properties: two });
  if (method === "page") {
    const [name, category] = args.filter((arg) => typeof arg === "string").reverse();
    void recorder.page(copied({ ...said, ...(name && { name }), ...(category && { category }) }));
  }
  // Of whom it is said proves nothing.
  if (method === "identify" && (one === said || two === said) && Object.keys(said)[0])
    void recorder.identify(copied(said));
}

function track(recorder: Recorder, { event, messageId, properties }: Record<string, unknown>): void {
  if (typeof event !== "string") return;
  const name = event
    .replace(/^Viewed Product Category$/, "Product List Viewed")
    .replace(/^Started Order$/, "Checkout Started")
    .replace(FIRST_SPEC, "$2 $1");
  const known = copied(isObject(properties) ? properties : {});
  const order = name === "Order Completed" ? known["order_id"] : 0;
  void recorder.track(name, known, ownId(`${messageId ?? `order:${order}`}`));
}

function isObject(value: unknown): value is Record<string, unknown> {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}
