import { randomBytes } from "node:crypto";
import { findProduct } from "./catalogue.ts";
import { deliveryPrice, freeDeliveryFrom } from "./delivery.ts";
import { sizesOf, type Product } from "./product.ts";

export type OrderLine = { product: Product; quantity: number; size?: string | undefined };
/** What the checkout form brings; `cart` is a list of slug:quantity:size. */
export type Checkout = { name: string; email: string; cart: string; cartId: string };
export type Order = Omit<Checkout, "cart"> & {
  id: string;
  lines: readonly OrderLine[];
  revenue: number;
  shipping: number;
  total: number;
};

const kept = 500;
const mostOfOne = 20;

export type OrderBook = {
  place(checkout: Checkout): Order | undefined;
  find(id: string): Order | undefined;
};

/** Orders live in memory: the shop is an example, and a restart is a clean desk. */
export function openOrderBook(): OrderBook {
  const orders = new Map<string, Order>();
  return {
    place({ cart, ...checkout }) {
      const lines = readCart(cart);
      if (lines.length === 0) return undefined;
      const revenue = lines.reduce((sum, { product, quantity }) => sum + product.price * quantity, 0);
      const shipping = revenue >= freeDeliveryFrom ? 0 : deliveryPrice;
      const order = {
        ...checkout,
        id: `TF${randomBytes(6).toString("hex").toUpperCase()}`,
        lines,
        revenue,
        shipping,
        total: revenue + shipping,
      };
      orders.set(order.id, order);
      for (const id of orders.keys()) if (orders.size > kept) orders.delete(id);
      return order;
    },
    find: (id) => orders.get(id),
  };
}

/** The browser names what it wants; prices and sizes are ours. */
function readCart(cart: string): OrderLine[] {
  return cart.split(",").flatMap((entry) => {
    const [slug = "", count = "", size] = entry.split(":");
    const product = findProduct(slug);
    const quantity = Number(count);
    if (!product || !Number.isInteger(quantity) || quantity < 1) return [];
    return [
      {
        product,
        quantity: Math.min(mostOfOne, quantity),
        size: sizesOf(product).find((known) => known === size),
      },
    ];
  });
}
