import { parseArgs } from "node:util";
import { devTokenSecret } from "./customer-token.ts";
import { startStorefront } from "./start-storefront.ts";

const { values } = parseArgs({
  options: {
    port: { type: "string", default: "8788" },
    edge: { type: "string", default: "http://localhost:8787" },
    "time-machine": { type: "boolean", default: false },
  },
});

const { url } = await startStorefront({
  port: Number(values.port),
  edge: values.edge,
  tokenSecret: process.env.MURMUR_TOKEN_SECRET ?? devTokenSecret,
  timeMachine: values["time-machine"],
});

console.log(`Tarnfell is open at ${url}`);
