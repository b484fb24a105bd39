// @ts-check

/**
 * @typedef {{ product_id: string, sku: string, category: string, name: string, brand: string, price: number,
 *   currency: string, url: string, image_url: string }} Product
 * @typedef {{ slug: string, size: string, quantity: number, product: Product }} Line
 * @typedef {{ id: string, lines: Line[] }} Cart
 */

const key = "tarnfell-cart";

/** @returns {Cart} */
const fresh = () => ({ id: `cart-${crypto.randomUUID()}`, lines: [] });

/** @returns {Cart} */
export function readCart() {
  try {
    const stored = JSON.parse(localStorage.getItem(key) ?? "null");
    return Array.isArray(stored?.lines) ? stored : fresh();
  } catch {
    return fresh();
  }
}

/** @param {Cart} cart */
function writeCart(cart) {
  try {
    localStorage.setItem(key, JSON.stringify(cart));
  } catch {
    // Storage is full or forbidden: the cart then lasts as long as the page.
  }
  showCount(cart);
}

/**
 * @param {Omit<Line, "quantity">} added
 * @returns {Cart}
 */
export function addLine(added) {
  const cart = readCart();
  const line = cart.lines.find(({ slug, size }) => slug === added.slug && size === added.size);
  if (line) line.quantity += 1;
  else cart.lines.push({ ...added, quantity: 1 });
  writeCart(cart);
  return cart;
}

/**
 * @param {Line} removed
 * @returns {Cart}
 */
export function removeLine(removed) {
  const cart = readCart();
  cart.lines = cart.lines.filter(({ slug, size }) => slug !== removed.slug || size !== removed.size);
  writeCart(cart);
  return cart;
}

export function emptyCart() {
  writeCart(fresh());
}

/** @param {Cart} cart */
export const cartValue = ({ lines }) =>
  lines.reduce((sum, { product, quantity }) => sum + product.price * quantity, 0);

/** @param {Cart} [cart] */
export function showCount(cart = readCart()) {
  const count = cart.lines.reduce((sum, { quantity }) => sum + quantity, 0);
  for (const element of document.querySelectorAll("[data-cart-count]")) {
    element.textContent = String(count);
    element.toggleAttribute("data-filled", count > 0);
  }
}

/**
 * Told of a cart that has changed elsewhere: in another tab, or while this page lay in the browser's page cache.
 * @param {(cart: Cart) => void} listener
 */
export function followCart(listener) {
  addEventListener("storage", (event) => {
    if (event.key === key || event.key === null) listener(readCart());
  });
  addEventListener("pageshow", ({ persisted }) => {
    if (persisted) listener(readCart());
  });
}
