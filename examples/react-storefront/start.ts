// `npm start`: builds the shop for the browser, and starts it on real workerd, with Murmur in the same worker.
import { fileURLToPath } from "node:url";
import { portOr } from "../../tools/edge-process.ts";
import { startReactStorefront } from "./start-react-storefront.ts";

const ending = new AbortController();
for (const signal of ["SIGINT", "SIGTERM", "SIGHUP"] as const) {
  process.once(signal, () => {
    ending.abort();
    // The worker's processes are ended by now.
    setTimeout(() => process.exit(0), 200);
  });
}

const { url } = await startReactStorefront({
  port: await portOr(8789),
  persistTo: fileURLToPath(new URL("../../.demo/react-storefront", import.meta.url)),
  signal: ending.signal,
}).catch((cause: unknown) => {
  // Ended while it starts, it has not failed.
  if (ending.signal.aborted) process.exit(0);
  throw cause;
});
console.log(`Tarnfell, in React, is open at ${url}`);
