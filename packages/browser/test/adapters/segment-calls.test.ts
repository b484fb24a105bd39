import { beforeEach, expect, test } from "vitest";
import { segmentCalls } from "../../src/adapters/index.ts";
import { capture, hostile, pageFaults, wait } from "./kit.ts";

type Calls = Record<"track" | "page" | "identify", (...args: unknown[]) => unknown>;
const page = window as unknown as { analytics?: Calls };

/** The queue of Segment's official snippet; the newer one adds what the page was like. */
function snippet(context: boolean): Calls & unknown[] {
  const queue = ((page as { analytics?: unknown }).analytics ??= []) as unknown[] & Record<string, unknown>;
  for (const method of ["track", "page", "identify"])
    queue[method] = (...args: unknown[]) => {
      if (context) args.push({ __t: "bpc", c: undefined, p: "/", u: "https://shop.example/", t: "Shop" });
      queue.push([method, ...args]);
      return queue;
    };
  return queue as unknown as Calls & unknown[];
}

/** analytics.js: does what it is told. */
class Analytics implements Calls {
  readonly told: unknown[] = [];
  track(...args: unknown[]): Promise<string> {
    this.told.push(["track", ...args]);
    return Promise.resolve("sent");
  }
  page(...args: unknown[]): void {
    this.told.push(["page", ...args]);
  }
  identify(...args: unknown[]): void {
    this.told.push(["identify", ...args]);
  }
}

beforeEach(() => {
  delete page.analytics;
});

test.each<[keyof Calls, unknown[], unknown[]]>([
  ["track", ["Own"], ["track", "Own", {}]],
  ["track", ["Own", { a: 1, price: "129.00", name: "5" }], ["track", "Own", { a: 1, price: 129, name: "5" }]],
  ["track", ["Own", () => {}], ["track", "Own", {}]],
  ["track", ["Own", null, { messageId: "m-1" }, () => {}], ["track", "Own", {}, "m-1"]],
  ["track", [{ event: "Own", properties: { a: 1 }, messageId: "m-2" }], ["track", "Own", { a: 1 }, "m-2"]],
  [
    "track",
    ["Order Completed", { order_id: "7", total: "5" }],
    ["track", "Order Completed", { order_id: "7", total: 5 }, "order:7"],
  ],
  ["track", ["Own", { products: [{ price: "5" }] }], ["track", "Own", { products: [{ price: 5 }] }]],
  ["page", [], ["page", {}]],
  ["page", ["Home"], ["page", { name: "Home" }]],
  ["page", ["Docs", "Home", { a: 1 }], ["page", { name: "Home", category: "Docs", a: 1 }]],
  ["page", [null, "Home", { a: 1 }, {}, () => {}], ["page", { name: "Home", a: 1 }]],
  ["page", [{ path: "/x" }], ["page", { path: "/x" }]],
  [
    "page",
    [{ name: "Home", category: "Docs", path: "/" }],
    ["page", { name: "Home", category: "Docs", path: "/" }],
  ],
  ["page", ["Home", { category: "Docs" }], ["page", { name: "Home", category: "Docs" }]],
  ["page", ["", "Home"], ["page", { name: "Home" }]],
  ["identify", ["user-1", { plan: "pro" }], ["identify", { plan: "pro" }]],
  ["identify", [{ plan: "pro" }], ["identify", { plan: "pro" }]],
  ["identify", [null, { plan: "pro" }, {}, () => {}], ["identify", { plan: "pro" }]],
])("%s(%j) is taken", (method, args, expected) => {
  const real = (page.analytics = new Analytics());
  const { recorded } = capture(segmentCalls());
  real[method](...args);
  expect(recorded).toEqual([expected]);
  expect(real.told).toEqual([[method, ...args]]);
});

test.each([
  ["Viewed Product Category", "Product List Viewed"],
  ["Viewed Product", "Product Viewed"],
  ["Clicked Product", "Product Clicked"],
  ["Added Product", "Product Added"],
  ["Removed Product", "Product Removed"],
  ["Started Order", "Checkout Started"],
  ["Updated Order", "Order Updated"],
  ["Completed Order", "Order Completed"],
  ["Viewed Checkout Step", "Checkout Step Viewed"],
  ["Viewed Promotion", "Promotion Viewed"],
  ["Added Product Review", "Added Product Review"],
  ["toString", "toString"],
])("%s, of the first spec or not, is %s", (event, name) => {
  const real = (page.analytics = new Analytics());
  const { recorded } = capture(segmentCalls());
  real.track(event);
  expect(recorded).toEqual([["track", name, {}]]);
});

test("a user id alone goes nowhere, nor do options for traits", () => {
  const real = (page.analytics = new Analytics());
  const { recorded } = capture(segmentCalls());
  real.identify("user-1");
  real.identify("user-1", null, { integrations: { All: false } });
  expect(recorded).toEqual([]);
  expect(real.told).toHaveLength(2);
});

test.each([false, true])(
  "the snippet's queue counts, and what is called later; context: %s",
  async (context) => {
    const queue = snippet(context);
    page.analytics!.track("Before", { a: 1 });
    const { recorded } = capture(segmentCalls());
    expect(page.analytics!.page()).toBe(queue);
    queue.push(["track", "Pushed"]);
    // analytics.js takes the place of the queue, and makes the calls that waited, in tasks of their own.
    const real = (page.analytics = new Analytics());
    for (const [method, ...args] of [...queue] as [keyof Calls, ...unknown[]][])
      setTimeout(() => real[method](...args));
    await wait(20);
    expect(real.told).toHaveLength(3);
    expect(recorded).toEqual([
      ["track", "Before", { a: 1 }],
      ["page", {}],
      ["track", "Pushed", {}],
    ]);
    expect(await page.analytics.track("After")).toBe("sent");
    expect(recorded).toHaveLength(4);
  },
);

test("a global that comes later is followed; stop gives everything back", () => {
  const { recorded, stop } = capture(segmentCalls());
  const queue = snippet(false);
  queue.track("One");
  page.analytics = new Analytics();
  page.analytics.track("Two");
  stop();
  const real = (page.analytics as Analytics).told.length;
  page.analytics.track("Three");
  queue.push(["track", "Four"]);
  page.analytics = new Analytics();
  page.analytics.track("Five");
  expect(real).toBe(1);
  expect(recorded.map(([, name]) => name)).toEqual(["One", "Two"]);
  expect(Object.getOwnPropertyDescriptor(window, "analytics")).toMatchObject({ writable: true });
});

test("what cannot be read is passed over, and reaches analytics.js all the same", () => {
  const faults = pageFaults();
  const real = (page.analytics = new Analytics());
  const { recorded } = capture(segmentCalls());
  const cyclic: Record<string, unknown> = {};
  cyclic["self"] = cyclic;
  for (const args of [
    [],
    [null],
    [5],
    [{}],
    ["X", cyclic],
    ["X", hostile()],
    [hostile()],
    ["X", { big: 1n }],
  ])
    real.track(...args);
  real.identify(hostile());
  real.page(cyclic);
  expect(real.told).toHaveLength(10);
  expect(recorded).toEqual([]);
  expect(faults).toEqual([]);
});

test.each([undefined, null, 5, "x", {}, Object.freeze({ track: () => "kept" }), [5, null, "x", ["track"]]])(
  "a global that is %j does no harm",
  (value) => {
    (page as { analytics?: unknown }).analytics = value;
    const { recorded, stop } = capture(segmentCalls());
    expect((page as { analytics?: unknown }).analytics).toBe(value);
    stop();
    expect((page as { analytics?: unknown }).analytics).toBe(value);
    expect(recorded).toEqual([]);
  },
);
