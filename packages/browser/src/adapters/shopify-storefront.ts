import type { Properties } from "../murmur.ts";
import type { Plugin } from "../plugin.ts";
import { listed } from "./listed.ts";
import { picked } from "./picked.ts";
import { quietly } from "./quietly.ts";
import { cartOf, cleaned, idOf, productOf } from "./shopify-shapes.ts";
import type { Untrusted } from "./untrusted.ts";

type Read = (said: Untrusted) => void;
/** What came of it, if anything was said of that. */
type Result = (result?: Untrusted) => void;

type On = (event: string, read: Read) => void;
type Track = (name: string, properties: object) => void;
type Seen = Record<string, Properties>;

/** Where a product is but a card among others: that is no view of it. */
const CARD = /search|collection|recommendation/;

/** The standard storefront events of a shop's theme. A change of the cart counts once the cart has taken it. */
export function shopifyStorefront(): Plugin {
  return {
    name: "shopify",
    capture({ track }) {
      const ended = new AbortController();
      const { signal } = ended;
      follow(
        (event, read) => {
          const see = quietly(read) as unknown as EventListener;
          addEventListener(`shopify:${event}`, see, { capture: true, signal });
        },
        // What was begun before the end may come off after it.
        (name, properties) => signal.aborted || track(name, cleaned(properties)),
      );
      return () => ended.abort();
    },
  };
}

function follow(on: On, track: Track): void {
  /** Products by variant, as they were seen: a change of the cart names no more than that. */
  const seen: Seen = {};
  const learn = (variant: Untrusted | undefined, product: Untrusted | undefined): Properties =>
    (seen[idOf(variant?.["id"])] = productOf(variant, product));
  on("product:view", ({ product, context }) => {
    const viewed = learn(product?.["selectedVariant"], product);
    if (!CARD.test(`${context}`)) track("Product Viewed", viewed);
  });
  on("product:select", ({ product, promise }) =>
    settled(promise, ({ variant } = {}) => learn(variant, product)),
  );
  on("collection:view", ({ collection }) =>
    track("Product List Viewed", picked(collection, { list_id: "id", category: "handle" })),
  );
  let query: unknown;
  on("search:update", ({ search }) => {
    // The same search, sorted or filtered, is no other one.
    if (query !== (query = search?.["query"])) track("Products Searched", picked(search, { query: "" }));
  });
  followCart(on, track, seen);
}

function followCart(on: On, track: Track, seen: Seen): void {
  const lineOf = (line: Untrusted): Properties => ({
    // The key of a line in a theme's cart begins with its variant.
    ...seen[idOf(line["merchandiseId"] ?? line["id"] ?? 0)],
    ...productOf(line["merchandise"]),
    ...picked(line, { variant_id: "merchandiseId", quantity: "" }),
  });
  /** How many the cart holds, as far as it is known: a change says what is left of a line, not what has changed. */
  let held = NaN;
  on("cart:view", ({ cart }) => {
    held = Number(cart?.["totalQuantity"]);
    track("Cart Viewed", { ...cartOf(cart), products: listed(cart?.["lines"], lineOf) });
  });
  on("cart:lines-update", ({ action, lines, promise }) =>
    settled(promise, ({ cart, userErrors, detail } = {}) => {
      if (userErrors?.[0] || detail?.["didError"]) return;
      const more = -held + (held = Number(cart?.["totalQuantity"]));
      const changed = listed(lines, lineOf);
      for (const { quantity, ...product } of changed) {
        const adds = `${action}` === "add";
        const takes = `${action}` === "remove" || quantity === 0;
        if (adds || takes || more)
          track(adds || (!takes && more > 0) ? "Product Added" : "Product Removed", {
            ...product,
            cart_id: cart?.["id"],
            // Of several lines that changed at once, nobody knows which did by how many.
            quantity: adds ? quantity : (!changed[1] && Math.abs(more)) || undefined,
          });
      }
    }),
  );
}

/** Once what was begun has come off. */
function settled(promise: unknown, then: Result): void {
  Promise.resolve(promise).then(quietly(then as (result: unknown) => void), () => {});
}
