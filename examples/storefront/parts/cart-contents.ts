import { html, type Html } from "../html.ts";

/** The cart's lines and totals, as `cart-view.js` fills them in. */
export const cartContents = (): Html =>
  html`<ul class="lines" role="list" data-cart-lines></ul>
    <dl class="totals">
      <div>
        <dt>Delivery</dt>
        <dd data-cart-delivery></dd>
      </div>
      <div class="total">
        <dt>Total</dt>
        <dd data-cart-total></dd>
      </div>
    </dl>`;
