import { GA4_EVENTS } from "@murmur/core";
import type { Plugin, Recorder } from "../plugin.ts";
import { followQueue } from "./follow-queue.ts";
import { listed } from "./listed.ts";
import { ownId } from "./own-id.ts";
import { picked, type Names } from "./picked.ts";
import type { Untrusted } from "./untrusted.ts";

/** Of the event as of its items. */
const NAMES: Names = {
  product_id: "item_id",
  name: "item_name",
  brand: "item_brand",
  category: "item_category",
  variant: "item_variant",
  price: "",
  quantity: "",
  position: "index",
  list_id: "item_list_id",
  list_name: "item_list_name",
  coupon: "",
  currency: "",
  value: "",
  order_id: "transaction_id",
  tax: "",
  shipping: "",
  shipping_method: "shipping_tier",
  payment_method: "payment_type",
  query: "search_term",
};

const PROMOTION: Names = {
  promotion_id: "",
  name: "promotion_name",
  creative: "creative_name",
  position: "creative_slot",
};

/**
 * GA4's e-commerce events in `window.dataLayer`, by `dataLayer.push({ event, ecommerce })` or `gtag("event", …)`, as
 * those of the Segment spec. Those that were there before it starts count, too.
 */
export function ga4DataLayer(): Plugin {
  return {
    name: "ga4-data-layer",
    capture({ track }) {
      return followQueue(
        ((window as unknown as { dataLayer?: unknown[] }).dataLayer ??= []),
        (entry: Untrusted) => record(track, entry),
      );
    },
  };
}

function record(track: Recorder["track"], entry: Untrusted): void {
  // gtag() pushes its arguments.
  const [, event, params] = ((entry[0] as unknown) === "event"
    ? entry
    : [0, entry["event"], entry["ecommerce"] ?? entry]) as unknown as [unknown, string, Untrusted?];
  const name = GA4_EVENTS[event];
  if (!name) return;
  const items = params?.["items"];
  const first = items?.[0];
  const products = listed(items, (item) => picked(item, NAMES)).filter(
    (product) => product["product_id"] ?? product["name"],
  );
  // Of promotions, whose names come last.
  const properties = name > "Prom" ? picked({ ...first, ...params }, PROMOTION) : picked(params, NAMES);
  const { order_id, value, tax, shipping } = properties as Record<string, number>;
  // Items of Google Ads' remarketing have an id that is not GA4's, which is told in a call of its own.
  if (first?.["id"] && !products[0] && !order_id) return;
  if (/^Product [^L]/.test(name)) {
    // What holds several is several; the value of all together is that of none of them.
    if (products[1]) delete properties["value"];
    return products.forEach((product) => void track(name, { ...properties, ...product }));
  }
  if (products[0]) properties["products"] = products;
  if (/Order/.test(name) && value! >= 0) {
    // GA4's value leaves out tax and shipping, as the spec's revenue does. Cents do not add up exactly.
    properties["revenue"] = value!;
    properties["total"] = +(value! + (+tax! || 0) + (+shipping! || 0)).toFixed(4);
  }
  void track(name, properties, event === "purchase" ? ownId(`order:${order_id}`) : {});
}
