// @ts-check
import { addLine, cartValue, emptyCart, followCart, readCart, removeLine, showCount } from "./cart.js";
import { showCart } from "./cart-view.js";
import { murmur, record } from "./murmur-queue.js";

/** @typedef {import("./cart.js").Cart} Cart */
/** @typedef {import("./cart.js").Line} Line */
/** @typedef {import("./cart.js").Product} Product */

const main = /** @type {HTMLElement} */ (document.querySelector("main"));

/**
 * Events carry full addresses.
 * @template {{ url: string, image_url: string }} T
 * @param {T} product
 * @returns {T}
 */
const withAddresses = (product) => ({
  ...product,
  url: new URL(product.url, location.origin).href,
  image_url: new URL(product.image_url, location.origin).href,
});

/** @param {Line} line */
const lineProperties = ({ product, quantity, size }) => ({
  ...product,
  quantity,
  ...(size && { variant: size }),
});

/** @param {Cart} cart */
const cartProperties = (cart) => ({
  cart_id: cart.id,
  currency: "EUR",
  value: cartValue(cart),
  products: cart.lines.map(lineProperties),
});

/** The event that the page itself declares. */
function recordPageEvent() {
  const { event, properties, eventId } = main.dataset;
  if (!event) return;
  const said = JSON.parse(properties ?? "{}");
  if (said.url) record(event, withAddresses(said));
  else if (said.products)
    record(event, { ...said, products: said.products.map(withAddresses) }, { id: eventId });
  else record(event, said);
}

/** What the page knows of its customer. */
function tellTraits() {
  const { traits } = main.dataset;
  if (traits) murmur("identify", JSON.parse(traits));
}

function offerProduct() {
  const form = /** @type {HTMLFormElement | null} */ (document.querySelector("[data-add-to-cart]"));
  form?.addEventListener("submit", (event) => {
    event.preventDefault();
    const product = withAddresses(/** @type {Product} */ (JSON.parse(form.dataset.product ?? "{}")));
    const size = String(new FormData(form).get("size") ?? "");
    const cart = addLine({ slug: form.dataset.slug ?? "", size, product });
    record("Product Added", {
      ...lineProperties({ slug: "", product, quantity: 1, size }),
      cart_id: cart.id,
    });
    toast(`${product.name} is in your cart.`);
  });
}

/** @returns {HTMLElement[]} */
const removeButtons = () => [
  .../** @type {NodeListOf<HTMLElement>} */ (main.querySelectorAll("[data-cart-lines] [data-line-remove]")),
];

function showCartPage() {
  const cart = readCart();
  /** @param {Line} line */
  const onRemove = (line) => {
    const at = removeButtons().findIndex((button) => button === document.activeElement);
    const left = removeLine(line);
    record("Product Removed", { ...lineProperties(line), cart_id: left.id });
    showCart(left, onRemove);
    // The button that was pressed is gone: who goes by the keyboard goes on with the next line, or with what is there instead.
    const next = removeButtons();
    (next[Math.min(Math.max(at, 0), next.length - 1)] ?? main.querySelector("[data-cart-empty] a"))?.focus();
    toast(`${line.product.name} is out of your cart.`);
  };
  showCart(cart, onRemove);
  followCart((now) => showCart(now, onRemove));
  record("Cart Viewed", cartProperties(cart));
}

function showCheckoutPage() {
  const cart = readCart();
  showCart(cart);
  const form = /** @type {HTMLFormElement} */ (document.querySelector("[data-checkout]"));
  const button = /** @type {HTMLButtonElement} */ (form.querySelector("[type=submit]"));
  button.disabled = cart.lines.length === 0;
  followCart((now) => {
    showCart(now);
    button.disabled = now.lines.length === 0;
  });
  if (cart.lines.length > 0) record("Checkout Started", cartProperties(cart));
  form.addEventListener("submit", () => {
    const { id, lines } = readCart();
    /** @type {HTMLInputElement} */ (form.elements.namedItem("cart_id")).value = id;
    /** @type {HTMLInputElement} */ (form.elements.namedItem("cart")).value = lines
      .map(({ slug, quantity, size }) => [slug, quantity, size].join(":"))
      .join(",");
  });
}

/** Only the cart that was ordered is emptied: an old thank-you page leaves a new cart alone. */
function settleCart() {
  const ordered = document.querySelector("[data-ordered-cart]")?.getAttribute("data-ordered-cart");
  if (ordered && ordered === readCart().id) emptyCart();
}

/** A mail that comes while somebody is looking appears. */
function watchInbox() {
  const shown = /** @type {HTMLElement} */ (document.querySelector("[data-inbox]"));
  setInterval(async () => {
    const words = await fetch(location.pathname).then(
      (answer) => answer.text(),
      () => "",
    );
    const now = new DOMParser().parseFromString(words, "text/html").querySelector("[data-inbox]");
    if (now && now.innerHTML !== shown.innerHTML) shown.replaceChildren(...now.childNodes);
  }, 2000);
}

/** Who has signed out may leave a page before the tag is there: it is said on each, until one of them was heard. */
function forgetWhoLeft() {
  if (!document.cookie.includes("tarnfell_left=")) return;
  /** @param {{ reset(): Promise<void> }} tag */
  const forget = async (tag) => {
    await tag.reset();
    document.cookie = "tarnfell_left=; Path=/; SameSite=Lax; Max-Age=0";
  };
  murmur("ready", forget);
}

/** @type {ReturnType<typeof setTimeout> | undefined} */
let toastTimer;

/** @param {string} text */
function toast(text) {
  const element = document.querySelector("[data-toast]");
  if (!element) return;
  const link = Object.assign(document.createElement("a"), { href: "/cart", textContent: "View cart" });
  element.replaceChildren(Object.assign(document.createElement("span"), { textContent: text }), link);
  element.setAttribute("data-shown", "");
  clearTimeout(toastTimer);
  toastTimer = setTimeout(() => element.removeAttribute("data-shown"), 4000);
}

/** Content that changes under the reader's eyes fades in, so that the change is seen as one. */
function softenSlots() {
  if (matchMedia("(prefers-reduced-motion: reduce)").matches) return;
  for (const slot of document.querySelectorAll("[data-murmur-slot]")) {
    new MutationObserver(() => {
      for (const child of slot.children)
        child.animate({ opacity: [0.15, 1] }, { duration: 500, easing: "ease-out" });
    }).observe(slot, {
      subtree: true,
      childList: true,
      characterData: true,
      attributes: true,
      attributeFilter: ["src", "href"],
    });
  }
}

/** @type {Record<string, (() => void) | undefined>} */
const pages = {
  product: offerProduct,
  cart: showCartPage,
  checkout: showCheckoutPage,
  order: settleCart,
  inbox: watchInbox,
};

forgetWhoLeft();
pages[main.dataset.page ?? ""]?.();
recordPageEvent();
tellTraits();
showCount();
softenSlots();
followCart(showCount);
