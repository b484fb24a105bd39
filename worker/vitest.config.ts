import { cloudflareTest } from "@cloudflare/vitest-plugin";
import { generateKeyPairSync } from "node:crypto";
import { once } from "node:events";
import { request, type IncomingMessage } from "node:http";
import { fileURLToPath } from "node:url";
import { defineProject } from "vitest/config";

/** A call of the worker's to this machine, header by header: `fetch` would add some of its own. */
async function passOn(call: Pick<Request, "method" | "url" | "headers" | "arrayBuffer">): Promise<Response> {
  const body = Buffer.from(await call.arrayBuffer());
  const { method, url, headers } = call;
  const sent = request(url, {
    method,
    headers: { ...Object.fromEntries(headers), "content-length": body.length },
  });
  const answered = once(sent.end(body), "response") as Promise<[IncomingMessage]>;
  const [answer] = await answered;
  const { statusCode: status = 502, headers: told } = answer;
  const chunks: Buffer[] = [];
  for await (const chunk of answer) chunks.push(chunk as Buffer);
  const isEmpty = status === 204;
  return new Response(isEmpty ? null : Buffer.concat(chunks), {
    status,
    headers: told as Record<string, string>,
  });
}

/** With which the shop of the tests signs; there is no such key outside of a run. */
const keys = generateKeyPairSync("ec", {
  namedCurve: "P-256",
  publicKeyEncoding: { type: "spki", format: "pem" },
  privateKeyEncoding: { type: "pkcs8", format: "pem" },
});

// Inside workerd, with real Durable Objects, SQLite and alarms.
export default defineProject({
  resolve: {
    // As wrangler.toml has them; the definition with experiments beside.
    alias: {
      "@murmur/core": fileURLToPath(new URL("../packages/core/src/index.ts", import.meta.url)),
      "murmur.config": fileURLToPath(new URL("test/kit/shop-with-experiments.ts", import.meta.url)),
    },
  },
  plugins: [
    cloudflareTest({
      wrangler: { configPath: "../wrangler.toml" },
      miniflare: {
        bindings: {
          ALLOWED_ORIGINS: "https://shop.example",
          TOKEN_SECRET: "a-secret-of-the-tests-of-32-bytes-or-more",
          EDGE_URL: "https://edge.example",
          TOKEN_PUBLIC_KEY: keys.publicKey,
          testPrivateKey: keys.privateKey,
          SECRET_WRITE_KEY: "a-secret-write-key-of-the-tests",
          PUBLIC_WRITE_KEY: "a-public-write-key-of-the-tests",
          ADMIN_TOKEN: "an-admin-token-of-the-tests",
          MURMUR_DEV: "1",
          WEBHOOK_URL: "https://receiver.example/webhooks",
          WEBHOOK_SECRET: "whsec_b25seS1mb3ItdGhlLXRlc3RzLW5vLXNlY3JldA==",
        },
        // The network as the tests have it: the shop's receiver takes everything, e-mail providers are on this machine, and
        // there is nobody else.
        outboundService: (call) => {
          const { host, hostname } = new URL(call.url);
          if (hostname === "127.0.0.1") return passOn(call);
          return new Response(null, { status: host === "receiver.example" ? 204 : 502 });
        },
      },
    }),
  ],
  test: {
    name: "worker",
    include: ["test/**/*.test.ts"],
    testTimeout: 30_000,
    maxWorkers: "100%",
    setupFiles: fileURLToPath(new URL("test/kit/held-queue.ts", import.meta.url)),
    globalSetup: fileURLToPath(new URL("../test/kit/mail-providers/global-setup.ts", import.meta.url)),
  },
});
