import { expect, onTestFinished, test } from "vitest";
import { jsonLd } from "../../src/adapters/index.ts";
import { capture, pageFaults, show, wait } from "./kit.ts";

const TENT = {
  "@context": "https://schema.org",
  "@type": "Product",
  name: "Tent",
  sku: "T-1",
  brand: { "@type": "Brand", name: "Acme" },
  image: ["/a.jpg", "/b.jpg"],
  offers: { "@type": "Offer", price: "129.00", priceCurrency: "EUR" },
};
const AS_TENT = {
  product_id: "T-1",
  sku: "T-1",
  name: "Tent",
  brand: "Acme",
  price: 129,
  currency: "EUR",
  image_url: "/a.jpg",
};

/** Past what is gathered before the page is read again. */
const settle = (): Promise<void> => wait(200);

function describe(...things: unknown[]): HTMLElement {
  const text = (thing: unknown): string => (typeof thing === "string" ? thing : JSON.stringify(thing));
  return show(things.map((thing) => `<script type="application/ld+json">${text(thing)}</script>`).join(""));
}

/** Goes somewhere else by the History API until the test is over. */
function go(path: string): void {
  const before = location.href;
  history.pushState(null, "", path);
  onTestFinished(() => history.replaceState(null, "", before));
}

test("the product of the page is viewed, once", async () => {
  describe(TENT);
  const { recorded } = capture(jsonLd());
  expect(recorded).toEqual([["track", "Product Viewed", AS_TENT]]);
  show("<p>something else</p>");
  await settle();
  expect(recorded).toHaveLength(1);
});

test.each([
  ["a list", [{ "@type": "BreadcrumbList" }, TENT]],
  ["a graph", { "@graph": [{ "@type": "WebPage" }, TENT] }],
  ["what the page is about", { "@type": "ItemPage", mainEntity: TENT }],
  ["several types", { ...TENT, "@type": ["Product", "Car"] }],
  ["a full address of the type", { ...TENT, "@type": "http://schema.org/Product" }],
])("it is found in %s", (_, thing) => {
  describe({ "@type": "Organization" }, thing);
  expect(capture(jsonLd()).recorded).toEqual([["track", "Product Viewed", AS_TENT]]);
});

test.each([
  [{ offers: [{ price: 5, priceCurrency: "USD" }, { price: 6 }] }, { price: 5, currency: "USD" }],
  [{ offers: { "@type": "AggregateOffer", lowPrice: "5", highPrice: "9" } }, { price: 5 }],
  // As WooCommerce writes it: what it is, then what it was.
  [
    {
      offers: [
        {
          priceSpecification: [
            { price: "7.00", priceCurrency: "USD" },
            { price: "9.00", priceCurrency: "USD", priceType: "https://schema.org/ListPrice" },
          ],
        },
      ],
    },
    { price: 7, currency: "USD" },
  ],
  [{ offers: { price: "1.299,00", priceCurrency: "EUR" } }, { price: 1299 }],
  [{ brand: "Plain" }, { brand: "Plain" }],
  [{ image: { "@type": "ImageObject", url: "/c.jpg" } }, { image_url: "/c.jpg" }],
  [{ image: { "@type": "ImageObject", name: "A tent", url: "/c.jpg" } }, { image_url: "/c.jpg" }],
  [{ image: { "@type": "ImageObject", contentUrl: "/d.jpg" } }, { image_url: "/d.jpg" }],
  [{ category: ["Tents", "Outdoor"] }, { category: "Tents" }],
  [{ productID: 77 }, { product_id: "77" }],
  [
    { "@type": "ProductGroup", productGroupID: "G", hasVariant: [TENT], offers: undefined },
    { product_id: "G", price: 129 },
  ],
])("%j is understood", (rest, properties) => {
  describe({ ...TENT, ...rest });
  expect(capture(jsonLd()).recorded[0]![2]).toMatchObject(properties);
});

test("one product that a theme and an app both describe is one; several are a list, unless one has the page's address", () => {
  const place = describe({ "@type": "Product", name: "Tent", aggregateRating: {} }, TENT);
  expect(capture(jsonLd()).recorded).toEqual([["track", "Product Viewed", AS_TENT]]);
  place.remove();
  const list = describe(TENT, { ...TENT, name: "Stove", url: "/elsewhere" });
  expect(capture(jsonLd()).recorded).toEqual([]);
  list.remove();
  describe(
    { ...TENT, name: "Lamp", url: "https://" },
    { ...TENT, url: location.href },
    { ...TENT, name: "Stove", url: "/elsewhere" },
  );
  expect(capture(jsonLd()).recorded).toMatchObject([["track", "Product Viewed", { name: "Tent" }]]);
});

test("a page that comes back from the back/forward cache is viewed again, until the adapter is stopped", () => {
  describe(TENT);
  const { recorded, stop } = capture(jsonLd());
  dispatchEvent(new PageTransitionEvent("pageshow", { persisted: false }));
  expect(recorded).toHaveLength(1);
  dispatchEvent(new PageTransitionEvent("pageshow", { persisted: true }));
  expect(recorded).toEqual([
    ["track", "Product Viewed", AS_TENT],
    ["track", "Product Viewed", AS_TENT],
  ]);
  stop();
  dispatchEvent(new PageTransitionEvent("pageshow", { persisted: true }));
  expect(recorded).toHaveLength(2);
});

test("views that change by the History API are views, when what describes the page has changed", async () => {
  const { recorded, stop } = capture(jsonLd());
  go("/products/tent");
  const place = describe(TENT);
  await expect.poll(() => recorded).toHaveLength(1);
  go("/products/stove");
  show("<p>the stove is loading</p>");
  await settle();
  expect(recorded).toHaveLength(1);
  place.querySelector("script")!.textContent = JSON.stringify({ ...TENT, name: "Stove" });
  await expect.poll(() => recorded).toHaveLength(2);
  place.querySelector("script")!.textContent = JSON.stringify({
    ...TENT,
    name: "Stove",
    sku: "other variant",
  });
  await settle();
  expect(recorded).toHaveLength(2);
  go("/");
  place.remove();
  await settle();
  go("/products/stove");
  describe({ ...TENT, name: "Stove" });
  await expect.poll(() => recorded).toHaveLength(3);
  stop();
  describe({ ...TENT, name: "Lamp" });
  await settle();
  expect(recorded.map(([, , properties]) => properties?.["name"])).toEqual(["Tent", "Stove", "Stove"]);
});

test("what else describes the page may change before its product does: the one before is not viewed again", async () => {
  const { recorded } = capture(jsonLd());
  go("/products/tent");
  const place = describe(TENT, { "@type": "BreadcrumbList", name: "Tents" });
  await expect.poll(() => recorded).toHaveLength(1);
  go("/products/stove");
  const [product, crumbs] = place.querySelectorAll("script");
  crumbs!.textContent = JSON.stringify({ "@type": "BreadcrumbList", name: "Stoves" });
  await settle();
  expect(recorded).toHaveLength(1);
  product!.textContent = JSON.stringify({ ...TENT, name: "Stove" });
  await expect.poll(() => recorded).toHaveLength(2);
  expect(recorded[1]![2]!["name"]).toBe("Stove");
});

test("what is broken is passed over, and the sound one beside it found", () => {
  const faults = pageFaults();
  const deep = `${"[".repeat(100_000)}${"]".repeat(100_000)}`;
  describe(
    "{ broken",
    "",
    "null",
    "5",
    '"x"',
    "[null, 5]",
    '{"@type":null}',
    '{"@graph":5,"mainEntity":null}',
    deep,
    TENT,
  );
  expect(capture(jsonLd()).recorded).toEqual([["track", "Product Viewed", AS_TENT]]);
  expect(faults).toEqual([]);
});

test("a product whose parts are of the wrong kind is told of as far as it can be", () => {
  describe({
    "@type": "Product",
    name: { "@value": "x" },
    offers: 5,
    brand: null,
    image: [],
    category: {},
    sku: true,
  });
  expect(capture(jsonLd()).recorded).toEqual([["track", "Product Viewed", {}]]);
});
