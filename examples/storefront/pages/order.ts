import { currency, productProperties } from "../catalogue.ts";
import { html, type Html } from "../html.ts";
import type { Order } from "../orders.ts";
import { orderLines } from "../parts/order-lines.ts";
import type { View } from "../view.ts";
import { layout } from "./layout.ts";

const completed = ({ id, total, revenue, shipping, lines }: Order) => ({
  // The id makes a reloaded thank-you page count once.
  id: `order-${id}`,
  name: "Order Completed",
  properties: {
    order_id: id,
    total,
    revenue,
    shipping,
    currency,
    products: lines.map(({ product, quantity, size }) => ({
      ...productProperties(product),
      quantity,
      ...(size && { variant: size }),
    })),
  },
});

export const orderPage = (view: View, order: Order): Html =>
  layout(view, {
    title: "Thank you",
    name: "order",
    event: completed(order),
    main: html`<div class="wrap narrow" data-ordered-cart="${order.cartId}">
      <header class="page-head">
        <p class="eyebrow">Order ${order.id}</p>
        <h1>Thank you, ${order.name.split(" ")[0]}.</h1>
        <p class="lead">We are packing it now. A note goes to ${order.email} when it leaves the workshop.</p>
      </header>
      ${orderLines(order)}
      <p class="actions"><a class="button" href="/">Back to the shop</a></p>
    </div>`,
  });
