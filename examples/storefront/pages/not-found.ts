import { html, type Html } from "../html.ts";
import type { View } from "../view.ts";
import { layout } from "./layout.ts";

export const notFoundPage = (view: View): Html =>
  layout(view, {
    title: "Not found",
    name: "not-found",
    main: html`<div class="wrap narrow">
      <header class="page-head">
        <p class="eyebrow">404</p>
        <h1>The path ends here.</h1>
        <p class="lead">There is nothing at this address. It happens on the best of walks.</p>
      </header>
      <p class="actions"><a class="button" href="/">Back to the trailhead</a></p>
    </div>`,
  });
