import { html, type Html } from "../html.ts";
import { deliveryPrice, freeDeliveryFrom } from "../delivery.ts";
import type { View } from "../view.ts";
import { lineTemplate } from "./cart.ts";
import { layout } from "./layout.ts";
import { cartContents } from "../parts/cart-contents.ts";

type Field = { name: string; label: string; value: string; complete: string; type?: string; wide?: boolean };

const input = ({ name, label, value, complete, type = "text", wide = true }: Field): Html =>
  html`<label class="field ${wide ? "field-wide" : ""}">
    <span>${label}</span
    ><input
      name="${name}"
      type="${type}"
      value="${value}"
      autocomplete="${complete}"
      maxlength="120"
      required
    />
  </label>`;

export function checkoutPage(view: View): Html {
  const { name, email } = view.customer ?? { name: "Robin Fell", email: "robin@example.com" };
  return layout(view, {
    title: "Checkout",
    name: "checkout",
    main: html`<div class="wrap">
      <header class="page-head"><h1>Checkout</h1></header>
      <div class="checkout">
        <form class="checkout-form" method="post" action="/checkout" data-checkout>
          <fieldset>
            <legend>Where it goes</legend>
            ${input({ name: "email", label: "E-mail", value: email, complete: "email", type: "email" })}
            ${input({ name: "name", label: "Name", value: name, complete: "name" })}
            ${input({ name: "address", label: "Address", value: "12 Wharf Lane", complete: "street-address" })}
            ${input({ name: "postcode", label: "Postcode", value: "1015 CV", complete: "postal-code", wide: false })}
            ${input({ name: "city", label: "City", value: "Amsterdam", complete: "address-level2", wide: false })}
          </fieldset>
          <fieldset>
            <legend>Payment</legend>
            <label class="field field-wide">
              <span>Card</span><input value="4242 4242 4242 4242" readonly aria-describedby="card-note" />
            </label>
            <p class="muted field-wide" id="card-note">
              A placeholder. This is a demonstration shop: nothing is charged.
            </p>
          </fieldset>
          <input type="hidden" name="cart" /><input type="hidden" name="cart_id" />
          <button class="button button-wide" type="submit" data-testid="place-order">Place order</button>
        </form>
        <section class="summary" aria-labelledby="summary-title">
          <h2 id="summary-title">Your order</h2>
          <p data-cart-empty hidden>Your cart is empty. <a href="/">Back to the shop</a></p>
          <div data-cart-full data-free-from="${freeDeliveryFrom}" data-delivery="${deliveryPrice}" hidden>
            ${cartContents()}
          </div>
          ${lineTemplate(false)}
        </section>
      </div>
    </div>`,
  });
}
