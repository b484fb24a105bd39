import { categories, findCategory, formatPrice, type Category } from "../storefront/catalogue.ts";
import { html, type Html } from "../storefront/html.ts";
import { mark } from "../storefront/parts/mark.ts";
import { productGrid } from "../storefront/parts/product-card.ts";
import type { Product } from "../storefront/product.ts";
import type { Decision } from "./murmur-server.ts";

const OWN = {
  eyebrow: "The autumn collection",
  title: "Made for hills that keep going",
  text: "Running and hill goods from a small workshop by the water. Built to be worn out slowly, and mended when they are.",
  cta: "See the running shoes",
  href: "/category/running-shoes",
  image: "/pictures/hero-dawn.svg",
};

/** Whatever is not an address of the web's is none here. */
const address = (text = ""): string => (/^(https?:\/\/|\/)/.test(text) ? text : "");

export const homePage = (hero: Decision | undefined): Html =>
  layout(
    "Running and hill goods",
    html`${heroSection("full", hero)}
      <div class="wrap section">
        <div class="section-head"><h2>Running shoes</h2></div>
        ${productGrid(categories[0]?.products ?? [])}
      </div>`,
  );

export const categoryPage = ({ name, line, products }: Category): Html =>
  layout(
    name,
    html`<div class="wrap">
      <header class="page-head">
        <h1>${name}</h1>
        <p class="lead">${line}</p>
      </header>
      ${productGrid(products)}
    </div>`,
  );

export const productPage = (product: Product, hero: Decision | undefined): Html =>
  layout(
    product.name,
    html`<div class="wrap">
      ${heroSection("compact", hero)}
      <nav class="crumbs" aria-label="Breadcrumb">
        <a href="/">Home</a>
        <a href="/category/${product.category}">${findCategory(product.category)?.name}</a>
      </nav>
      <article class="product">
        <div class="product-text">
          <h1>${product.name}</h1>
          <p class="lead">${product.summary}</p>
          <p class="product-price">
            <span class="price">${formatPrice(product.price)}</span>
            <span class="muted">${product.colour}</span>
          </p>
          <form method="post" action="/order/${product.slug}">
            <button class="button" type="submit" data-testid="order">Order it</button>
          </form>
          <p class="product-story">${product.description}</p>
        </div>
        <div class="product-picture">
          <img src="/pictures/${product.slug}.svg" alt="${product.name}" width="800" height="800" />
        </div>
      </article>
    </div>`,
  );

export const notFoundPage = (): Html =>
  layout(
    "Not found",
    html`<div class="wrap narrow">
      <header class="page-head">
        <p class="eyebrow">404</p>
        <h1>The path ends here.</h1>
        <p class="lead">There is nothing at this address. It happens on the best of walks.</p>
      </header>
      <p><a class="button" href="/">Back to the trailhead</a></p>
    </div>`,
  );

function heroSection(form: "full" | "compact", decision: Decision | undefined): Html {
  const { eyebrow, title, text, cta, href, image } = { ...OWN, ...decision?.content };
  const heading =
    form === "full" ? html`<h1 class="hero-title">${title}</h1>` : html`<p class="hero-title">${title}</p>`;
  return html`<section
    class="hero hero-${form}"
    aria-label="Featured"
    data-testid="hero"
    data-variant="${decision?.variant ?? ""}"
  >
    <div class="hero-copy">
      <p class="eyebrow">${eyebrow}</p>
      ${heading}
      <p class="hero-text">${text}</p>
      <a class="button button-light" href="${address(href)}">${cta}</a>
    </div>
    <div class="hero-picture"><img src="${address(image)}" alt="" width="1200" height="900" /></div>
  </section>`;
}

const styles = ["shop", "frame", "slots", "products"];

const layout = (title: string, main: Html): Html =>
  html`<!doctype html>
    <html lang="en">
      <head>
        <meta charset="utf-8" />
        <meta name="viewport" content="width=device-width, initial-scale=1" />
        <title>${title} · Tarnfell</title>
        <link rel="icon" href="/pictures/icon.svg" type="image/svg+xml" />
        ${styles.map((name) => html`<link rel="stylesheet" href="/assets/${name}.css" />`)}
      </head>
      <body>
        <header class="header">
          <div class="wrap header-row">
            <a class="brand" href="/">${mark()}<span>Tarnfell</span></a>
          </div>
        </header>
        <main id="main">${main}</main>
      </body>
    </html>`;
