import { categories } from "../catalogue.ts";
import { html, type Html } from "../html.ts";
import { banner } from "../parts/banner.ts";
import { mark } from "../parts/mark.ts";
import type { PageEvent, Traits, View } from "../view.ts";

type Page = {
  title: string;
  description?: string;
  /** Says to the script what it should do here. */
  name: string;
  event?: PageEvent;
  traits?: Traits | undefined;
  main: Html;
};

const styles = ["shop", "frame", "slots", "products", "checkout", "inbox"];

export function layout(view: View, page: Page): Html {
  return html`<!doctype html>
    <html lang="en">
      <head>
        <meta charset="utf-8" />
        <meta name="viewport" content="width=device-width, initial-scale=1" />
        <title>${page.title} · Tarnfell</title>
        <meta
          name="description"
          content="${page.description ?? "Running and hill goods from a small workshop by the water."}"
        />
        <meta name="theme-color" content="#1d2f29" />
        <link rel="icon" href="/pictures/icon.svg" type="image/svg+xml" />
        ${styles.map((name) => html`<link rel="stylesheet" href="/assets/${name}.css" />`)} ${tag(view)}
        ${view.timeMachine ? timeMachine(view) : ""}
        <script type="module" src="/assets/shop.js"></script>
      </head>
      <body>
        <a class="skip" href="#main">Skip to content</a>
        ${banner()} ${header(view)}
        <main
          id="main"
          data-page="${page.name}"
          ${page.event ? declare(page.event) : ""}
          ${page.traits ? tell(page.traits) : ""}
        >
          ${page.main}
        </main>
        ${footer()}
        <div class="toast" role="status" aria-live="polite" data-toast></div>
      </body>
    </html>`;
}

const tag = ({ edge, token }: View): Html =>
  token
    ? html`<script async src="${edge}/murmur.js" data-consent="opt-out" data-identity="${token}"></script>`
    : html`<script async src="${edge}/murmur.js" data-consent="opt-out"></script>`;

/** Before the shop's own script, so that it hears of whatever that sets off. */
const timeMachine = ({ edge, backstage }: View): Html =>
  html`<link rel="stylesheet" href="/assets/time-machine.css" />
    <script
      type="module"
      src="/assets/time-machine.js"
      data-edge="${edge}"
      data-links="${JSON.stringify(backstage)}"
    ></script>`;

const declare = ({ name, properties, id }: PageEvent): Html =>
  html`data-event="${name}" data-properties="${JSON.stringify(properties)}" data-event-id="${id ?? ""}"`;

const tell = (traits: Traits): Html => html`data-traits="${JSON.stringify(traits)}"`;

const current = (here: boolean): Html => (here ? html`aria-current="page"` : html``);

function header({ path, customer }: View): Html {
  return html`<header class="header">
    <div class="wrap header-row">
      <a class="brand" href="/" ${current(path === "/")}>${mark()}<span>Tarnfell</span></a>
      <nav class="nav" aria-label="Categories">
        ${categories.map(({ slug, name }) => html`<a href="/category/${slug}" ${current(path === `/category/${slug}`)}>${name}</a>`)}
      </nav>
      <div class="header-links">
        <a href="/account" ${current(path === "/account")}
          >${customer ? customer.name.split(" ")[0] : "Account"}</a
        >
        <a href="/cart" ${current(path === "/cart")}
          >Cart <span class="count" data-cart-count data-testid="cart-count">0</span></a
        >
      </div>
    </div>
  </header>`;
}

const footer = (): Html =>
  html`<footer class="footer">
    <div class="wrap footer-row">
      <div class="footer-about">
        <p class="brand">${mark()}<span>Tarnfell</span></p>
        <p>Running and hill goods, made in small runs since 2011. Everything we sell, we repair.</p>
      </div>
      <nav aria-label="Shop">
        <p class="footer-title">Shop</p>
        ${categories.map(({ slug, name }) => html`<a href="/category/${slug}">${name}</a>`)}
      </nav>
      <div>
        <p class="footer-title">Good to know</p>
        <p>Delivery in two to four days</p>
        <p>Sixty days to change your mind</p>
        <p>Lifetime repairs</p>
      </div>
    </div>
    <p class="wrap fine-print">Tarnfell is a demonstration shop: nothing is sold and nothing is charged.</p>
  </footer>`;
