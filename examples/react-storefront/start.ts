// `npm start`: builds the shop for the browser, and starts it on real workerd, with Murmur in the same worker.
import { startReactStorefront } from "./start-react-storefront.ts";

const { url } = await startReactStorefront({ port: 8789, persistTo: ".demo/react-storefront" });
console.log(`Tarnfell, in React, is open at ${url}`);
