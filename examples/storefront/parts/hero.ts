import { html, type Html } from "../html.ts";

/**
 * The hero slot. On product pages it is a compact strip, and the page's own heading stays the only h1. It may change at any
 * time: in this shop one is to see how it follows.
 */
export function hero(form: "full" | "compact"): Html {
  const title = "Made for hills that keep going";
  const heading =
    form === "full"
      ? html`<h1 class="hero-title" data-murmur-text="title">${title}</h1>`
      : html`<p class="hero-title" data-murmur-text="title">${title}</p>`;
  return html`<section
    class="hero hero-${form}"
    aria-label="Featured"
    data-murmur-slot="hero"
    data-murmur-timeout="Infinity"
    data-testid="hero"
  >
    <div class="hero-copy">
      <p class="eyebrow" data-murmur-text="eyebrow">The autumn collection</p>
      ${heading}
      <p class="hero-text" data-murmur-text="text">
        Running and hill goods from a small workshop by the water. Built to be worn out slowly, and mended
        when they are.
      </p>
      <a class="button button-light" href="/category/jackets" data-murmur-text="cta" data-murmur-href="href"
        >See the jackets</a
      >
    </div>
    <div class="hero-picture">
      <img src="/pictures/hero-dawn.svg" alt="" width="1200" height="900" data-murmur-src="image" />
    </div>
  </section>`;
}
