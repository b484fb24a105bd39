import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, beforeEach } from "vitest";
import { freePort, type EdgeProcess } from "../../tools/edge-process.ts";
import { startBareSite, type BareSite } from "./bare-site.ts";
import { TOKEN_SECRET } from "./customer-token.ts";
import { passOn, startGateway, type Gateway } from "./gateway.ts";
import { startPlainEdge } from "./plain-edge.ts";

/** The worker on real workerd, bare pages with the tag, and between the two a network that can be told to fail. */
export interface GatedEdge {
  site: BareSite;
  gateway: Gateway;
  /** The worker itself, past the gateway. */
  edge: EdgeProcess;
  /** A network of its own for a test that runs beside others: the site's pages take it by `?edge=`. Whoever asks closes it. */
  anotherGateway(): Promise<Gateway>;
}

/** There before the first test of a file, gone after the last; the network is well at the beginning of each. */
export function useGatedEdge(): GatedEdge {
  const gated = {} as GatedEdge;
  let persistTo: string;
  beforeAll(async () => {
    persistTo = await mkdtemp(join(tmpdir(), "murmur-test-"));
    const port = await freePort();
    gated.anotherGateway = () => startGateway(`http://localhost:${port}`);
    gated.gateway = await gated.anotherGateway();
    gated.site = await startBareSite(() => gated.gateway.url);
    const allowedOrigins = [gated.site.url];
    // What is proved here is that nothing is lost, not that who sends too much has to wait.
    const vars = { EVENTS_PER_MINUTE: "100000" };
    gated.edge = await startPlainEdge({ port, persistTo, allowedOrigins, tokenSecret: TOKEN_SECRET, vars });
  });
  beforeEach(() => {
    Object.assign(gated.gateway, { calls: [], mostAtOnce: 0, answer: passOn });
  });
  afterAll(async () => {
    await gated.edge?.kill();
    await Promise.all([gated.site?.close(), gated.gateway?.close()]);
    await rm(persistTo, { recursive: true, force: true });
  });
  return gated;
}
