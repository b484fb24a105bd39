import { useSyncExternalStore } from "react";
import { productProperties } from "../../storefront/catalogue.ts";
import type { Product } from "../../storefront/product.ts";

export type Line = { slug: string; size: string; quantity: number };
export type Cart = { id: string; lines: readonly Line[] };

const KEY = "tarnfell-react-cart";
const EMPTY: Cart = { id: "", lines: [] };
const listeners = new Set<() => void>();
let text: string | null = null;
let cart: Cart = EMPTY;

/** The cart lives in the browser: on the server, and in the browser's first rendering, it is empty. */
export function useCart(): Cart {
  return useSyncExternalStore(subscribe, readCart, () => EMPTY);
}

export function addToCart(slug: string, size: string): Cart {
  const { id, lines } = readCart();
  const isIt = (line: Line): boolean => line.slug === slug && line.size === size;
  const next = lines.some(isIt)
    ? lines.map((line) => (isIt(line) ? { ...line, quantity: line.quantity + 1 } : line))
    : [...lines, { slug, size, quantity: 1 }];
  return keep({ id: id || `cart-${crypto.randomUUID()}`, lines: next });
}

export function removeFromCart(line: Line): Cart {
  const { id, lines } = readCart();
  return keep({ id, lines: lines.filter((each) => each !== line) });
}

export function emptyCart(): void {
  keep(EMPTY);
}

/** What an event says about a line; addresses are whole. */
export function lineProperties(product: Product, { size, quantity }: Omit<Line, "slug">) {
  const { url, image_url, ...properties } = productProperties(product);
  return {
    ...properties,
    url: new URL(url, location.origin).href,
    image_url: new URL(image_url, location.origin).href,
    quantity,
    ...(size && { variant: size }),
  };
}

function keep(next: Cart): Cart {
  localStorage.setItem(KEY, JSON.stringify(next));
  for (const listener of listeners) listener();
  return next;
}

/** The same object for as long as it is the same, as React asks for. */
function readCart(): Cart {
  const now = localStorage.getItem(KEY);
  if (now !== text) {
    text = now;
    cart = now === null ? EMPTY : (JSON.parse(now) as Cart);
  }
  return cart;
}

function subscribe(listener: () => void): () => void {
  listeners.add(listener);
  // Another page may change it, too.
  addEventListener("storage", listener);
  return () => {
    listeners.delete(listener);
    removeEventListener("storage", listener);
  };
}
