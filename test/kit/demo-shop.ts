import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { startMailProvider, type MailProvider } from "../../examples/storefront/mail-provider.ts";
import { startStorefront } from "../../examples/storefront/start-storefront.ts";
import { startWebhookReceiver, type WebhookReceiver } from "../../examples/storefront/webhook-receiver.ts";
import { freePort, startEdge, type EdgeProcess } from "../../tools/edge-process.ts";
import { TOKEN_SECRET } from "./customer-token.ts";

/** The operator's token of the worker. */
export const ADMIN_TOKEN = "an-admin-token-of-the-tests-of-32-bytes";

export interface DemoShop {
  /** Where the shop is. */
  url: string;
  edge: EdgeProcess;
  /** Whom the edge's journeys send by. */
  mail: MailProvider;
  /** Whom they tell by webhook. */
  receiver: WebhookReceiver;
  /** Starts the worker again, over the same databases, after it was killed. */
  restartEdge(): Promise<void>;
  close(): Promise<void>;
}

/** The example shop and the worker on real workerd, as the demo runs them, on ports and in a folder of their own. */
export async function startDemoShop(): Promise<DemoShop> {
  const port = await freePort();
  const mail = await startMailProvider();
  const receiver = await startWebhookReceiver(["ads-audience"]);
  const shop = await startStorefront({
    port: 0,
    edge: `http://localhost:${port}`,
    tokenSecret: TOKEN_SECRET,
    timeMachine: true,
    mail,
    receiver,
    experiments: `http://localhost:${port}/experiments#token=${ADMIN_TOKEN}`,
  });
  const persistTo = await mkdtemp(join(tmpdir(), "murmur-test-"));
  const start = (): Promise<EdgeProcess> =>
    startEdge({
      port,
      persistTo,
      allowedOrigins: [shop.url],
      tokenSecret: TOKEN_SECRET,
      vars: {
        ORIGIN: shop.url,
        CONSENT: "opt-out",
        ADMIN_TOKEN,
        EDGE_URL: `http://localhost:${port}`,
        ...mail.settings,
        ...receiver.settings,
      },
    });
  const demo: DemoShop = {
    url: shop.url,
    mail,
    receiver,
    edge: await start(),
    async restartEdge() {
      demo.edge = await start();
    },
    async close() {
      await demo.edge.kill();
      await shop.close();
      await mail.close();
      await receiver.close();
      await rm(persistTo, { recursive: true, force: true });
    },
  };
  return demo;
}

/** A profile as the edge shows it in local development. */
export interface EdgeProfile {
  now: number;
  segments: string[];
  nextChange: number | null;
  transitions: { segment: string; change: string; at: number }[];
  entries: number;
}

export async function edgeProfile(edge: string, device: string): Promise<EdgeProfile> {
  const response = await fetch(`${edge}/v1/dev/profile?device=${device}`);
  return (await response.json()) as EdgeProfile;
}

/** Moves a profile's clock on by so many ms. */
export async function moveClock(edge: string, device: string, advance: number): Promise<EdgeProfile> {
  const response = await fetch(`${edge}/v1/dev/clock`, {
    method: "POST",
    body: JSON.stringify({ device, advance }),
  });
  if (!response.ok) throw new Error(await response.text());
  return (await response.json()) as EdgeProfile;
}
