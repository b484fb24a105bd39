import { GA4_EVENTS } from "@murmur/core";
import type { Plugin, Recorder } from "../plugin.ts";
import { followQueue } from "./follow-queue.ts";
import { listed } from "./listed.ts";
import { ownId } from "./own-id.ts";
import { picked, type Names } from "./picked.ts";
import { quietly } from "./quietly.ts";
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
    capture: ({ track }) => {
      const see = quietly((entry: unknown) => record(track, entry as Untrusted));
      return followQueue(((window as unknown as { dataLayer?: unknown[] }).dataLayer ??= []), see);
    },
  };
}

function record(track: Recorder["track"], entry: Untrusted): void {
  // gtag() pushes its arguments.
  const [event, params] =
    (entry[0] as unknown) === "event" ? [entry[1], entry[2]] : [entry["event"], entry["ecommerce"] ?? entry];
  const name = GA4_EVENTS[event as unknown as string];
  if (!name) return;
  const products = listed(params?.["items"], (item) => picked(item, NAMES)).filter(
    (product) => product["product_id"] ?? product["name"],
  );
  const properties = /Promotion/.test(name)
    ? picked({ ...params?.["items"]?.[0], ...params }, PROMOTION)
    : picked(params, NAMES);
  if (/^Product (?!List)/.test(name)) {
    // What holds several is several; the value of all together is that of none of them.
    if (products[1]) delete properties["value"];
    return products.forEach((product) => void track(name, { ...properties, ...product }));
  }
  if (products[0]) properties["products"] = products;
  const { value, tax = 0, shipping = 0 } = properties as Record<string, number>;
  if (/Order/.test(name) && value! >= 0) {
    // GA4's value leaves out tax and shipping, as the spec's revenue does. Cents do not add up exactly.
    properties["revenue"] = value!;
    properties["total"] = +(value! + +tax! + +shipping!).toFixed(4);
  }
  void track(
    name,
    properties,
    (event as unknown) === "purchase" ? ownId(`order:${properties["order_id"]}`) : {},
  );
}
