import { test } from "vitest";
import { edgeLog, idsOf } from "../kit/edge-log.ts";
import { edgeProfile } from "../kit/demo-shop.ts";
import { useOwnPages } from "../kit/own-pages.ts";

interface Sent {
  id: string;
  name?: string;
  properties?: { products?: unknown };
}

const own = useOwnPages();

/** What the page goes on with, whatever it breaks. */
const KEPT = `var later = setTimeout.bind(window), listen = addEventListener.bind(window);`;

/** What the page does by itself, with what it has overridden: the tag must not keep it from that, and has a second for it. */
const PAGE = `
  listen("error", function (event) { said("error " + event.message); });
  listen("unhandledrejection", function (event) { said("rejection " + event.reason); });
  function said(what) { document.documentElement.setAttribute("data-faults", what); }
  window.murmur = [];
  function call(made) { window.murmur[window.murmur.length] = made; }
  call(["track", "Order Completed", { products: [{ product_id: "p1", price: 5 }] }]);
  for (var at = 0; at < 4; at++)
    call(["track", "Product Viewed", { category: "running-shoes" }, { id: "shoe-" + at + "-" + ID }]);
  call(["segments"]);
  listen("load", function () {
    later(function () { document.documentElement.setAttribute("data-page", "goes on"); }, 1000);
  });`;

/** Opens a page that has run `code` before anything else. Its builtins are not to be relied on: nothing is evaluated in it. */
async function open(code: string) {
  const id = crypto.randomUUID();
  const url = own.page(`/${id}`, {
    html: `<script>${KEPT}${code}</script><script>var ID = "${id}";${PAGE}</script>
      <script async src="${own.edge.url}/murmur.js" data-consent="opt-out" data-plugins="json-ld data-attributes"></script>
      <h1 data-murmur-slot="hero" data-murmur-timeout="3600000" data-murmur-text="title">Own</h1>`,
  });
  const context = await own.browser.newContext();
  const faults: string[] = [];
  const sent: Sent[] = [];
  const devices = new Set<string>();
  const page = await context.newPage();
  page.on("pageerror", (error) => faults.push(String(error)));
  page.on("request", (request) => {
    const text = request.postData();
    // A page that has broken JSON may have the tag send nothing.
    if (!request.url().endsWith("/v1/sync") || text === null) return;
    const body = JSON.parse(text) as { device: string; entries: Sent[] };
    devices.add(body.device);
    sent.push(...body.entries);
  });
  await page.goto(url);
  await page.locator('[data-page="goes on"]').waitFor({ state: "attached" });
  return {
    context,
    page,
    faults,
    sent,
    devices,
    url,
    reached: () => page.locator("html").getAttribute("data-faults"),
  };
}

/** Old libraries and careless pages, as they are found: what they do can be lived with. */
const TOLERABLE = {
  "has Prototype.js 1.6, whose toJSON makes arrays and texts into text twice": `
    Array.prototype.toJSON = function () { return "[" + this.join(", ") + "]"; };
    String.prototype.toJSON = function () { return '"' + this + '"'; };
    Number.prototype.toJSON = function () { return isFinite(this) ? this.toString() : "null"; };
    Array.from = function (iterable) {
      if (!iterable) return [];
      var length = iterable.length || 0, results = new Array(length);
      while (length--) results[length] = iterable[length];
      return results;
    };
    Array.prototype.find = Array.prototype.detect = function (iterator, context) {
      for (var at = 0; at < this.length; at++) if (iterator.call(context, this[at], at)) return this[at];
    };
    Array.prototype.reduce = function () { return this.length > 1 ? this : this[0]; };
    Array.prototype.entries = function () { return this.map(function (value, at) { return [at, value]; }); };`,
  "has MooTools 1.2's Array.from, bind and each": `
    Array.from = function (item) { return item == null ? [] : Array.isArray(item) ? item : [item]; };
    Array.prototype.each = function (work, bind) { for (var at = 0; at < this.length; at++) work.call(bind, this[at], at, this); };
    Function.prototype.bind = function (self) {
      var work = this; return function () { return work.apply(self, arguments); };
    };
    Hash = function () {};`,
  "adds to all arrays and objects what for…in then finds": `
    Array.prototype.last = function () { return this[this.length - 1]; };
    Object.prototype.extend = function (more) { for (var key in more) this[key] = more[key]; return this; };
    Function.prototype.method = function () {};`,
  "maps, filters and flattens in its own way": `
    ["map", "filter"].forEach(function (name) {
      var own = Array.prototype[name];
      Array.prototype[name] = function (work, self) { return own.call(this, function (value, at, all) { return work.call(self, value, at, all); }); };
    });
    Array.prototype.flatMap = function (work) { return [].concat.apply([], this.map(work)); };
    Array.prototype.includes = function (value) { return this.indexOf(value) >= 0; };`,
  "has stopped Date.now": `Date.now = function () { return 1e12; };`,
  "has an old Promise polyfill in the global's place, which has a real one below": `
    var Real = Promise;
    window.Promise = function (work) { return new Real(work); };
    window.Promise.resolve = function (value) { return Real.resolve(value); };
    window.Promise.race = function (all) { return Real.race(all); };`,
  "follows every promise, as zone.js does": `
    var then = Promise.prototype.then;
    Promise.prototype.then = function (done, failed) {
      function around(work) { return work && function (value) { return work.call(undefined, value); }; }
      return then.call(this, around(done), around(failed));
    };`,
  "has frozen the builtins": `
    [Array, Object, Function, Promise, Map, String, Date].forEach(function (of) { Object.freeze(of.prototype); Object.freeze(of); });
    Object.freeze(JSON);`,
};

// Each page waits for a second, several at a time: none of them knows of another.
test.concurrent.for(Object.entries(TOLERABLE))(
  "a page that %s: the tag records, decides and delivers as ever",
  async ([_what, code], { expect }) => {
    const { context, page, faults, sent, devices, reached } = await open(code);
    await expect.poll(() => page.locator("h1").textContent()).toBe("Find the shoe that fits your stride");
    await expect.poll(() => new Set(sent.map(({ id }) => id)).size).toBeGreaterThanOrEqual(6);
    const [device] = devices;
    expect(devices.size).toBe(1);
    expect(device).toMatch(/^[\da-f]{32}$/);
    expect(sent.find(({ name }) => name === "Order Completed")?.properties).toEqual({
      products: [{ product_id: "p1", price: 5 }],
    });
    await expect
      .poll(async () => new Set(idsOf(await edgeLog(own.edge.url, device!), "Product Viewed")).size)
      .toBe(4);
    expect((await edgeProfile(own.edge.url, device!)).segments).toContain("running-shoe-intent");
    // The next page goes on from what was kept.
    await page.goto(`${page.url()}?again`);
    await expect.poll(() => page.locator("h1").textContent()).toBe("Find the shoe that fits your stride");
    expect(await reached()).toBe(null);
    expect(faults).toEqual([]);
    await context.close();
  },
);

const THROWS = `function () { throw new Error("broken by the page"); }`;

const BROKEN: readonly (readonly [name: string, value: string])[] = [
  ...[
    "map",
    "filter",
    "flatMap",
    "includes",
    "find",
    "push",
    "some",
    "splice",
    "join",
    "forEach",
    "indexOf",
  ].map((name) => [`Array.prototype.${name}`, THROWS] as const),
  ...[
    "JSON.stringify",
    "JSON.parse",
    "Object.entries",
    "Object.keys",
    "Object.fromEntries",
    "Object.hasOwn",
    "Date.now",
  ].map((name) => [name, THROWS] as const),
  ...["fetch", "setTimeout", "crypto.getRandomValues", "Map", "WeakMap", "Set", "Promise", "URL"].map(
    (name) => [`window.${name}`, THROWS] as const,
  ),
  ["Array.prototype.map", `function () { return 5; }`],
  ["JSON.parse", `function () { return undefined; }`],
  ["JSON.stringify", `function () { return undefined; }`],
  ["window.Promise", `function () { return { then: function () {} }; }`],
  ["window.fetch", `function () { return undefined; }`],
  [
    "window.fetch",
    `function () { return Promise.resolve({ ok: true, json: function () { return Promise.resolve(5); } }); }`,
  ],
  ["window.Map", `function () { return {}; }`],
  ["Map.prototype.get", THROWS],
  ["Function.prototype.bind", THROWS],
  ["Function.prototype.call", THROWS],
  ["window.console", `undefined`],
  ["window.fetch = console.warn", THROWS],
  ["window.fetch = window.console", "{}"],
  ["EventTarget.prototype.addEventListener", THROWS],
  ["window.MutationObserver", THROWS],
  ["performance.now", THROWS],
  ["document.querySelectorAll", THROWS],
  ["navigator.sendBeacon", THROWS],
];

test.concurrent.for(BROKEN)(
  "where the page has broken %s with %s, the tag may do nothing, and says nothing to the page",
  async ([name, value], { expect }) => {
    const { context, page, faults, reached } = await open(`${name} = ${value};`);
    expect(await page.locator("html").getAttribute("data-page")).toBe("goes on");
    expect(await reached()).toBe(null);
    expect(faults).toEqual([]);
    await context.close();
  },
);
