import { html } from "../html.ts";
import { freeDeliveryFrom } from "../delivery.ts";

/** The strip at the top of every page; a slot, so its height is reserved in the style sheet. */
export const banner = () =>
  html`<aside
    class="banner"
    aria-label="Announcement"
    data-murmur-slot="banner"
    data-murmur-timeout="Infinity"
    data-testid="banner"
  >
    <p>
      <span data-murmur-text="text">Free delivery over €${freeDeliveryFrom}</span>
      <a href="/category/running-shoes" data-murmur-text="cta" data-murmur-href="href">Shop running shoes</a>
    </p>
  </aside>`;
