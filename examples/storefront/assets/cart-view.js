// @ts-check
import { cartValue } from "./cart.js";

/** @typedef {import("./cart.js").Cart} Cart */
/** @typedef {import("./cart.js").Line} Line */

const euros = new Intl.NumberFormat("en-IE", {
  style: "currency",
  currency: "EUR",
  minimumFractionDigits: 0,
});

/**
 * @param {ParentNode} root
 * @param {string} selector
 */
const find = (root, selector) => /** @type {HTMLElement} */ (root.querySelector(selector));

/**
 * Fills the cart into the page's own markup.
 * @param {Cart} cart
 * @param {(line: Line) => void} [onRemove]
 */
export function showCart(cart, onRemove) {
  const full = find(document, "[data-cart-full]");
  const empty = cart.lines.length === 0;
  full.hidden = empty;
  find(document, "[data-cart-empty]").hidden = !empty;
  find(full, "[data-cart-lines]").replaceChildren(...cart.lines.map((line) => lineElement(line, onRemove)));
  const value = cartValue(cart);
  const delivery = value >= Number(full.dataset.freeFrom) ? 0 : Number(full.dataset.delivery);
  find(full, "[data-cart-delivery]").textContent = delivery === 0 ? "Free" : euros.format(delivery);
  find(full, "[data-cart-total]").textContent = euros.format(value + delivery);
}

/**
 * @param {Line} line
 * @param {(line: Line) => void} [onRemove]
 */
function lineElement(line, onRemove) {
  const template = /** @type {HTMLTemplateElement} */ (find(document, "template[data-cart-line]"));
  const element = /** @type {DocumentFragment} */ (template.content.cloneNode(true));
  const { product, quantity, size } = line;
  /** @type {HTMLImageElement} */ (find(element, "[data-line-picture]")).src = new URL(
    product.image_url,
  ).pathname;
  const name = /** @type {HTMLAnchorElement} */ (find(element, "[data-line-name]"));
  name.textContent = product.name;
  name.href = `/products/${line.slug}`;
  find(element, "[data-line-size]").textContent = size ? `Size ${size}` : "One size";
  find(element, "[data-line-quantity]").textContent = `${quantity} ×`;
  find(element, "[data-line-price]").textContent = euros.format(product.price * quantity);
  const remove = element.querySelector("[data-line-remove]");
  remove?.setAttribute("aria-label", `Remove ${product.name}`);
  remove?.addEventListener("click", () => onRemove?.(line));
  return element;
}
