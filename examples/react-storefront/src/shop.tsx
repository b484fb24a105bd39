import type { Murmur } from "@murmur/browser";
import { MurmurProvider, type Bootstrap } from "@murmur/react";
import type { ReactElement } from "react";
import { pageAt, titleOf, type Page } from "./page.ts";
import { CartPage } from "./pages/cart-page.tsx";
import { CategoryPage } from "./pages/category-page.tsx";
import { HomePage } from "./pages/home-page.tsx";
import { NotFoundPage } from "./pages/not-found-page.tsx";
import { ProductPage } from "./pages/product-page.tsx";
import { Banner } from "./parts/banner.tsx";
import { Footer } from "./parts/footer.tsx";
import { Header } from "./parts/header.tsx";

/** What a page is rendered by, on the server and again in the browser. */
export interface ShopState {
  path: string;
  bootstrap: Bootstrap;
}

/** The whole document. */
export function Shop({ state, murmur }: { state: ShopState; murmur?: Murmur }): ReactElement {
  const page = pageAt(state.path);
  return (
    <html lang="en">
      <head>
        <meta charSet="utf-8" />
        <meta name="viewport" content="width=device-width, initial-scale=1" />
        <title>{`${titleOf(page)} · Tarnfell`}</title>
        <meta name="description" content="Running and hill goods from a small workshop by the water." />
        <meta name="theme-color" content="#1d2f29" />
        <link rel="icon" href="/pictures/icon.svg" type="image/svg+xml" />
        <link rel="stylesheet" href="/assets/style.css" />
      </head>
      <body>
        <a className="skip" href="#main">
          Skip to content
        </a>
        <MurmurProvider murmur={murmur} bootstrap={state.bootstrap}>
          <Banner />
          <Header path={state.path} />
          <main id="main">
            <Main page={page} />
          </main>
          <Footer />
        </MurmurProvider>
        <script
          type="application/json"
          id="state"
          // Nothing in it can end the element, or begin another.
          dangerouslySetInnerHTML={{ __html: JSON.stringify(state).replaceAll("<", "\\u003c") }}
        />
      </body>
    </html>
  );
}

function Main({ page }: { page: Page }): ReactElement {
  switch (page.name) {
    case "home":
      return <HomePage />;
    case "category":
      return <CategoryPage category={page.category} />;
    case "product":
      return <ProductPage product={page.product} />;
    case "cart":
      return <CartPage />;
    case "not-found":
      return <NotFoundPage />;
  }
}
