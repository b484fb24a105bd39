import { parseArgs } from "node:util";
import { startEdgeEndpoint } from "./start-edge-endpoint.ts";

const { values } = parseArgs({
  options: {
    port: { type: "string", default: "8790" },
    edge: { type: "string", default: "http://localhost:8787" },
  },
});
const writeKey = process.env.SECRET_WRITE_KEY;
if (!writeKey) throw new Error("set SECRET_WRITE_KEY, as the worker has it");

const { url } = await startEdgeEndpoint({ port: Number(values.port), edge: values.edge, writeKey });
console.log(`Tarnfell, without a script, is open at ${url}`);
