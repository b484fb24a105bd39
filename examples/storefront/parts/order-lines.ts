import { formatPrice } from "../catalogue.ts";
import { html, type Html } from "../html.ts";
import type { Order } from "../orders.ts";

export const orderLines = (order: Order): Html =>
  html`<ul class="lines" role="list">
      ${order.lines.map(
        ({ product, quantity, size }) =>
          html`<li class="line">
            <img src="/pictures/${product.slug}.svg" alt="" width="88" height="88" />
            <div class="line-text">
              <span class="line-name">${product.name}</span>
              <span class="muted">${product.colour}${size ? `, size ${size}` : ""}</span>
            </div>
            <span class="muted">${quantity} ×</span>
            <span class="price">${formatPrice(product.price * quantity)}</span>
          </li>`,
      )}
    </ul>
    <dl class="totals">
      <div>
        <dt>Delivery</dt>
        <dd>${order.shipping === 0 ? "Free" : formatPrice(order.shipping)}</dd>
      </div>
      <div class="total">
        <dt>Total</dt>
        <dd>${formatPrice(order.total)}</dd>
      </div>
    </dl>`;
