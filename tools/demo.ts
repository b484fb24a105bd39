// `npm run demo`: the example shop, and the worker on real workerd, in local development with the time machine.
import { devTokenSecret } from "../examples/storefront/customer-token.ts";
import { startMailProvider } from "../examples/storefront/mail-provider.ts";
import { startStorefront } from "../examples/storefront/start-storefront.ts";
import { startWebhookReceiver } from "../examples/storefront/webhook-receiver.ts";
import { portOr, startEdge } from "./edge-process.ts";

/** Of this machine alone: it opens the page of experiments. */
const ADMIN_TOKEN = "the-demo-shows-this-to-everybody-on-this-machine";
const EDGE_PORT = 8787;
const SHOP_PORT = 8788;

const ending = new AbortController();
for (const signal of ["SIGINT", "SIGTERM", "SIGHUP"] as const) {
  process.once(signal, () => {
    ending.abort();
    // The worker's processes are ended by now; nothing else is worth waiting for.
    setTimeout(() => process.exit(0), 200);
  });
}

const edgePort = await portOr(EDGE_PORT);
const edgeUrl = `http://localhost:${edgePort}`;
const experiments = `${edgeUrl}/experiments#token=${ADMIN_TOKEN}`;
const mail = await startMailProvider();
const receiver = await startWebhookReceiver(["ads-audience"]);
const shop = await startStorefront({
  port: await portOr(SHOP_PORT),
  edge: edgeUrl,
  tokenSecret: devTokenSecret,
  timeMachine: true,
  mail,
  receiver,
  experiments,
});
const edge = await startEdge({
  port: edgePort,
  persistTo: ".demo",
  allowedOrigins: [shop.url],
  tokenSecret: devTokenSecret,
  vars: {
    ORIGIN: shop.url,
    CONSENT: "opt-out",
    ADMIN_TOKEN,
    BANDIT_MINUTES: "1",
    EDGE_URL: edgeUrl,
    ...mail.settings,
    ...receiver.settings,
  },
  signal: ending.signal,
}).catch((cause: unknown) => {
  // Ended while it starts, it has not failed.
  if (ending.signal.aborted) process.exit(0);
  throw cause;
});

console.log(`
  Murmur is running. Open the shop:

      ${shop.url}

  The same shop through the edge, its slots filled in the HTML, before the first paint:

      ${edge.url}

  What comes of its experiments:

      ${experiments}

  And the e-mails and webhooks that its journeys send, which never leave this machine:

      ${shop.url}/inbox

  View four running shoes and watch the hero change. Sign in, add something to the cart,
  then use the time machine at the bottom right to let two hours pass. Ctrl+C ends it.
`);
