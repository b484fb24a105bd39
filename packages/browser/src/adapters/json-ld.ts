import type { Properties } from "../murmur.ts";
import type { Plugin } from "../plugin.ts";
import { copied } from "./copied.ts";
import { quietly } from "./quietly.ts";
import { writtenValue, text } from "./spec-value.ts";
import type { Untrusted } from "./untrusted.ts";

const SCRIPTS = 'script[type="application/ld+json" i]';
const PRODUCT = /(^|[/:])Product(Group|Model)?$/;

/** How long changes of the page are gathered before it is read again, ms. */
const PAUSE = 100;

/**
 * The product that a page describes for search engines (schema.org, JSON-LD), as `Product Viewed`: once per page view,
 * also where views change by the History API. A page of several products is a list, and no view of any of them.
 */
export function jsonLd(): Plugin {
  return {
    name: "json-ld",
    capture(recorder) {
      let read = "";
      let product: Properties | undefined;
      let viewed = "";
      let path = "";
      let timer = 0;
      const look = quietly(() => {
        timer = 0;
        const sources = Array.from(document.querySelectorAll(SCRIPTS), (script) => script.textContent);
        const all = sources.join();
        // The address changes before the page does: what still describes the page before is no view of this one.
        const before = JSON.stringify(product);
        if (all !== read) product = describedBy(sources);
        const changed = JSON.stringify(product) !== before;
        read = all;
        const key = `${product?.["name"]} ${location.pathname}`;
        // A page without a product lies between: coming back is a view again.
        if (!product && location.pathname !== path) viewed = "";
        if (!product || !changed || key === viewed) return;
        viewed = key;
        path = location.pathname;
        void recorder.track("Product Viewed", product);
      });
      const observer = new MutationObserver(() => (timer ||= window.setTimeout(look, PAUSE)));
      observer.observe(document, { childList: true, characterData: true, subtree: true });
      const again = ({ persisted }: PageTransitionEvent): void => {
        if (!persisted) return;
        read = viewed = "";
        product = undefined;
        look();
      };
      addEventListener("pageshow", again);
      look();
      return () => {
        removeEventListener("pageshow", again);
        observer.disconnect();
        clearTimeout(timer);
      };
    },
  };
}

function describedBy(sources: readonly (string | null)[]): Properties | undefined {
  let found = sources.flatMap((source) => {
    try {
      return productsOf(JSON.parse(source!));
    } catch {
      return []; // The page's other scripts may be sound.
    }
  });
  // A theme and its apps describe the same product several times; of different ones, the page's own has its address.
  if (found.some(({ name }) => name !== found[0]!["name"])) found = found.filter(isThisPage);
  const product = found.find(({ offers }) => offers) ?? found[0];
  return product && propertiesOf(product);
}

function productsOf(node: Untrusted | null): Untrusted[] {
  if (Array.isArray(node)) return node.flatMap(productsOf);
  if (!node || typeof node !== "object") return [];
  if ([node["@type"]].flat().some((type) => PRODUCT.test(`${type}`))) return [node];
  return [node["@graph"], node["mainEntity"]].flatMap((inner) => productsOf(inner ?? null));
}

function isThisPage({ url }: Untrusted): boolean {
  const link = document.createElement("a");
  // A broken one leads nowhere.
  link.href = url as unknown as string;
  return url !== undefined && link.pathname === location.pathname;
}

function propertiesOf(product: Untrusted): Properties {
  const offer = first(product["offers"] ?? first(product["hasVariant"])?.["offers"]);
  const specified = first(offer?.["priceSpecification"]);
  const price = offer?.["price"] ?? offer?.["lowPrice"] ?? specified?.["price"];
  const image = first(product["image"]);
  return copied({
    product_id: text(product["productID"] ?? product["productGroupID"] ?? product["sku"] ?? product["@id"]),
    sku: text(product["sku"]),
    name: text(product["name"]),
    brand: named(product["brand"]),
    category: named(product["category"]),
    price: writtenValue("price", price),
    currency: text(offer?.["priceCurrency"] ?? specified?.["priceCurrency"]),
    url: text(product["url"]),
    image_url: text(image) ?? text(image?.["url"] ?? image?.["contentUrl"]),
  });
}

function first(value: Untrusted | undefined): Untrusted | undefined {
  return Array.isArray(value) ? (value[0] as Untrusted) : value;
}

/** What may be written out or be a thing with a name. */
function named(value: Untrusted | undefined): string | undefined {
  const one = first(value);
  return text(one) ?? text(one?.["name"]);
}
