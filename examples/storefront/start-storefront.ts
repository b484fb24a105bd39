import { createServer, type IncomingMessage, type ServerResponse } from "node:http";
import type { AddressInfo } from "node:net";
import { findCategory, findProduct } from "./catalogue.ts";
import { findCustomer } from "./customers.ts";
import { signCustomerToken } from "./customer-token.ts";
import type { Html } from "./html.ts";
import type { MailProvider } from "./mail-provider.ts";
import { openOrderBook, type OrderBook } from "./orders.ts";
import { accountPage } from "./pages/account.ts";
import { cartPage } from "./pages/cart.ts";
import { categoryPage } from "./pages/category.ts";
import { checkoutPage } from "./pages/checkout.ts";
import { homePage } from "./pages/home.ts";
import { inboxPage } from "./pages/inbox.ts";
import { notFoundPage } from "./pages/not-found.ts";
import { orderPage } from "./pages/order.ts";
import { productPage } from "./pages/product.ts";
import { contentPolicy, fromOwnPage, readForm, redirect, sendFile, sendPage, sendText } from "./respond.ts";
import { endSession, readSession, startSession } from "./session.ts";
import { findStaticFile } from "./static-files.ts";
import type { Link, View } from "./view.ts";
import type { WebhookReceiver } from "./webhook-receiver.ts";

export type StorefrontOptions = {
  /** 0 takes any free port. */
  port: number;
  edge: string;
  tokenSecret: string;
  timeMachine?: boolean;
  /** Whose mails `/inbox` shows; without it there is no such page. */
  mail?: Pick<MailProvider, "mails">;
  /** Whose webhooks it shows beside them. */
  receiver?: Pick<WebhookReceiver, "webhooks">;
  /** The page of what comes of the experiments, linked in the time machine's panel: for everybody who sees that. */
  experiments?: string;
};

export type Storefront = { url: string; close(): Promise<void> };

type Shop = StorefrontOptions & { orders: OrderBook; policy: string; backstage: readonly Link[] };

export async function startStorefront(options: StorefrontOptions): Promise<Storefront> {
  const edge = options.edge.replace(/\/+$/, "");
  const shop: Shop = {
    ...options,
    edge,
    orders: openOrderBook(),
    policy: contentPolicy(edge),
    backstage: backstageOf(options),
  };
  const server = createServer((request, response) => {
    answer(shop, request, response).catch((error: unknown) => {
      console.error(error);
      if (!response.headersSent) sendText(response, 500, "Something went wrong.");
      else response.destroy();
    });
  });
  await new Promise<void>((resolve, reject) => {
    server.once("error", reject);
    server.listen(options.port, "127.0.0.1", resolve);
  });
  const { port } = server.address() as AddressInfo;
  return {
    url: `http://localhost:${port}`,
    close: () =>
      new Promise((resolve, reject) => {
        server.close((error) => (error ? reject(error) : resolve()));
        server.closeAllConnections();
      }),
  };
}

function backstageOf({ mail, experiments }: StorefrontOptions): Link[] {
  return [
    ...(mail ? [{ label: "Inbox", href: "/inbox" }] : []),
    ...(experiments ? [{ label: "Experiment results", href: experiments }] : []),
  ];
}

async function answer(shop: Shop, request: IncomingMessage, response: ServerResponse): Promise<void> {
  const url = new URL(`http://shop${request.url ?? "/"}`);
  if (request.method === "POST") return answerForm(shop, url.pathname, request, response);
  if (request.method !== "GET" && request.method !== "HEAD")
    return sendText(response, 405, "Method not allowed.");
  if (url.pathname === "/healthz") return sendText(response, 200, "ok");
  const file = await findStaticFile(url.pathname);
  if (file) return sendFile(response, file.type, file.body, file.cache);
  const customer = readSession(request.headers.cookie, shop.tokenSecret);
  const view: View = {
    edge: shop.edge,
    path: url.pathname,
    timeMachine: shop.timeMachine ?? false,
    customer,
    backstage: shop.backstage,
    token: customer && (await signCustomerToken(customer.id, shop.tokenSecret)),
  };
  const page = findPage(shop, view, url);
  // E-mails are styled in their own markup.
  const policy =
    url.pathname === "/inbox" ? shop.policy.replace("style-src", "style-src 'unsafe-inline'") : shop.policy;
  sendPage(response, page ?? notFoundPage(view), policy, page ? 200 : 404);
}

function findPage({ orders, mail, receiver }: Shop, view: View, url: URL): Html | undefined {
  const [, section = "", slug, more] = url.pathname.split("/");
  if (more !== undefined) return undefined;
  if (slug !== undefined) {
    const [category, product, order] = [findCategory(slug), findProduct(slug), orders.find(slug)];
    if (section === "category" && category) return categoryPage(view, category);
    if (section === "products" && product) return productPage(view, product);
    if (section === "order" && order) return orderPage(view, order);
    return undefined;
  }
  if (section === "") return homePage(view);
  if (section === "cart") return cartPage(view);
  if (section === "checkout") return checkoutPage(view);
  if (section === "inbox" && mail) return inboxPage(view, mail.mails(), receiver?.webhooks());
  if (section === "account") return accountPage(view, !view.customer && url.searchParams.has("signed-out"));
  return undefined;
}

async function answerForm(
  shop: Shop,
  path: string,
  request: IncomingMessage,
  response: ServerResponse,
): Promise<void> {
  if (!fromOwnPage(request)) return sendText(response, 403, "This form was not sent from our pages.");
  const form = await readForm(request);
  if (!form) return sendText(response, 413, "That is too much.");
  const field = (name: string): string => (form.get(name) ?? "").trim().slice(0, 120);
  if (path === "/account/sign-in") {
    const customer = findCustomer(form.get("customer"));
    if (!customer) return sendText(response, 403, "We do not know this customer.");
    return redirect(response, "/account", startSession(customer, shop.tokenSecret));
  }
  if (path === "/account/sign-out") return redirect(response, "/account?signed-out", endSession());
  if (path === "/checkout") {
    const order = shop.orders.place({
      name: field("name") || "Friend",
      email: field("email"),
      cart: form.get("cart") ?? "",
      cartId: field("cart_id"),
    });
    return redirect(response, order ? `/order/${order.id}` : "/cart");
  }
  sendText(response, 404, "There is no such form.");
}
