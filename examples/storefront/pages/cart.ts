import { deliveryPrice, freeDeliveryFrom } from "../delivery.ts";
import { html, type Html } from "../html.ts";
import type { View } from "../view.ts";
import { layout } from "./layout.ts";
import { cartContents } from "../parts/cart-contents.ts";

/** The cart lives in the browser: the page brings the forms, the script fills them in. */
export const cartPage = (view: View): Html =>
  layout(view, {
    title: "Cart",
    name: "cart",
    main: html`<div class="wrap narrow">
      <header class="page-head"><h1>Your cart</h1></header>
      <noscript><p class="lead">The cart needs JavaScript.</p></noscript>
      <section class="empty" data-cart-empty hidden>
        <p class="lead">Nothing in here yet.</p>
        <p><a class="button" href="/category/running-shoes">Find a pair of shoes</a></p>
      </section>
      <section
        data-cart-full
        data-free-from="${freeDeliveryFrom}"
        data-delivery="${deliveryPrice}"
        aria-label="Cart"
        hidden
      >
        ${cartContents()}
        <p class="actions">
          <a class="button" href="/checkout" data-testid="checkout">Go to checkout</a
          ><a href="/">Keep looking</a>
        </p>
      </section>
      ${lineTemplate(true)}
    </div>`,
  });

export const lineTemplate = (removable: boolean): Html =>
  html`<template data-cart-line>
    <li class="line">
      <img alt="" width="88" height="88" data-line-picture />
      <div class="line-text">
        <a class="line-name" data-line-name></a><span class="muted" data-line-size></span>
      </div>
      <span class="muted" data-line-quantity></span>
      <span class="price" data-line-price></span>
      ${removable ? html`<button class="link" type="button" data-line-remove data-testid="remove-from-cart">Remove</button>` : ""}
    </li>
  </template>`;
