import { OpenAPIHono } from "@hono/zod-openapi";
import { ADMIN_TOKEN, adminOperations } from "./admin-operations.ts";
import { experimentOperations } from "./experiment-operations.ts";
import { hookOperation } from "./hook-operation.ts";
import { CUSTOMER_TOKEN, DEVICE_ID, profileOperations } from "./profile-operations.ts";
import { pushOperation } from "./push-operation.ts";
import { readOperations } from "./read-operations.ts";
import { segmentOperations, WRITE_KEY } from "./segment-operations.ts";
import { slotsOperation } from "./slots-operation.ts";
import { syncOperation } from "./sync-operation.ts";
import { unsubscribeOperations } from "./unsubscribe-operations.ts";

/** Every call that can be made. Each file describes its own by the schemas that check them. */
const OPERATIONS = [
  syncOperation,
  pushOperation,
  slotsOperation,
  ...readOperations,
  ...profileOperations,
  ...segmentOperations,
  hookOperation,
  ...unsubscribeOperations,
  ...adminOperations,
  ...experimentOperations,
];

/** How a caller may say who they are, by the name that an operation asks for it. */
const SCHEMES = {
  [CUSTOMER_TOKEN]: {
    type: "http",
    scheme: "bearer",
    bearerFormat: "JWT",
    description: "The customer's token, as the shop's server signs it.",
  },
  [DEVICE_ID]: {
    type: "apiKey",
    in: "header",
    name: "authorization",
    description: "`Device` and the device's id, for what nobody has signed in to.",
  },
  [ADMIN_TOKEN]: {
    type: "http",
    scheme: "bearer",
    description: "The worker's ADMIN_TOKEN.",
  },
  [WRITE_KEY]: {
    type: "http",
    scheme: "basic",
    description:
      "The write key as user name, the password empty. The secret one is a server's and may name any userId; from a page, as this is one, it is refused. The public one is a browser's and speaks for its own anonymousId alone.",
  },
} as const;

export type OpenApiDocument = ReturnType<OpenAPIHono["getOpenAPI31Document"]>;

/** The description of the whole HTTP interface: OpenAPI 3.1. */
export function openApiDocument(): OpenApiDocument {
  const described = new OpenAPIHono();
  for (const [name, scheme] of Object.entries(SCHEMES))
    described.openAPIRegistry.registerComponent("securitySchemes", name, scheme);
  for (const operation of OPERATIONS) described.openAPIRegistry.registerPath(operation);
  return described.getOpenAPI31Document({
    openapi: "3.1.0",
    info: {
      title: "Murmur edge",
      version: "1",
      description:
        "One profile for each customer, the same segments as on the device. Every error is `application/problem+json` (RFC 9457) with a stable `code`.",
    },
    tags: [
      { name: "Device", description: "What a page's tag calls." },
      { name: "Privacy", description: "What a person may ask about themselves." },
      { name: "Segment's API", description: "What Segment's and RudderStack's server libraries call." },
      { name: "E-mail", description: "What the shop's e-mail provider calls, and who reads its e-mails." },
      { name: "Operation", description: "What keeps it running." },
    ],
  });
}
