// `npm run demo`: the example shop, and the worker on real workerd, in local development with the time machine.
import { devTokenSecret } from "../examples/storefront/customer-token.ts";
import { startStorefront } from "../examples/storefront/start-storefront.ts";
import { freePort, startEdge } from "./edge-process.ts";

const EDGE_PORT = 8787;
const SHOP_PORT = 8788;

const edgePort = await portOr(EDGE_PORT);
const edgeUrl = `http://localhost:${edgePort}`;
const shop = await startStorefront({
  port: await portOr(SHOP_PORT),
  edge: edgeUrl,
  tokenSecret: devTokenSecret,
  timeMachine: true,
});
const edge = await startEdge({
  port: edgePort,
  persistTo: ".demo",
  allowedOrigins: [shop.url],
  tokenSecret: devTokenSecret,
});

for (const signal of ["SIGINT", "SIGTERM", "SIGHUP"] as const) {
  process.once(signal, () => void Promise.all([edge.kill(), shop.close()]).then(() => process.exit(0)));
}

console.log(`
  Murmur is running. Open the shop:

      ${shop.url}

  View four running shoes and watch the hero change. Add something to the cart, then use the
  time machine at the bottom right to let two hours pass. Ctrl+C ends it.
`);

/** The port, or another one where somebody else is using it. */
async function portOr(port: number): Promise<number> {
  try {
    await fetch(`http://127.0.0.1:${port}`, { signal: AbortSignal.timeout(1_000) });
  } catch (error) {
    // Refused: nobody is there.
    if ((error as Error).name === "TypeError") return port;
  }
  return freePort();
}
