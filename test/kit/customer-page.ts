import type { BrowserContext, Page } from "playwright-core";
import { customerToken } from "./customer-token.ts";
import type { OwnPages } from "./own-pages.ts";
import { watchFaults } from "./page-faults.ts";
import { syncNow, tagReady } from "./tag.ts";

export interface CustomerPage {
  context: BrowserContext;
  page: Page;
  faults: string[];
}

/** A page on which a customer has signed in, in a browser of its own; in step with the edge. */
export async function customerPage(own: OwnPages, customer: string): Promise<CustomerPage> {
  const identity = await customerToken(customer);
  const url = own.page(`/of-${customer}`, {
    html: `<script async src="${own.edge.url}/murmur.js" data-consent="opt-out" data-capture="false" data-identity="${identity}"></script>`,
  });
  const context = await own.browser.newContext();
  const faults = await watchFaults(context);
  const page = await context.newPage();
  await page.goto(url);
  await tagReady(page);
  await syncNow(page);
  return { context, page, faults };
}
