import { z } from "zod";

// As Segment describes them: https://segment.com/docs/connections/spec/common/. What is not named here is passed over.

/** An instant as ISO 8601; without a zone it is UTC. */
const instant = z
  .union([z.iso.datetime({ offset: true, local: true }), z.iso.date()], "must be an ISO 8601 instant")
  .meta({ example: "2026-05-01T12:00:00.000Z" });

const text = z.string().min(1);

/** Older libraries send numbers as well, and empty text or null for an id that they do not have. */
const userId = z.union([z.string().max(256), z.number()], "must be a string of 256 characters at most");

const named = z.record(z.string(), z.unknown());

const common = {
  messageId: z.string().max(128).nullish().describe("The event's id: the same id twice is one event."),
  userId: userId.nullish().describe("The customer. Only the secret key may name one."),
  anonymousId: z.string().max(256).nullish().describe("The device: its id of 32 hex digits, or a UUID."),
  timestamp: instant.nullish().describe("When it happened, by the sender's clock."),
  originalTimestamp: instant.nullish().describe("The same, where there is no timestamp."),
  sentAt: instant.nullish().describe("When it was sent, by the sender's clock, which is set right by it."),
};

const viewed = {
  name: z.string().nullish(),
  category: z.string().nullish(),
  properties: named.nullish(),
};

export const messageSchemas = {
  track: z.object({
    type: z.literal("track"),
    ...common,
    event: text.max(200).meta({ example: "Order Completed" }),
    properties: named.nullish(),
  }),
  identify: z.object({ type: z.literal("identify"), ...common, traits: named.nullish() }),
  page: z.object({ type: z.literal("page"), ...common, ...viewed }),
  screen: z.object({ type: z.literal("screen"), ...common, ...viewed }),
  group: z.object({
    type: z.literal("group"),
    ...common,
    groupId: z.union([text.max(256), z.number()], "must be a string of 1 to 256 characters"),
    traits: named.nullish(),
  }),
  alias: z.object({
    type: z.literal("alias"),
    ...common,
    previousId: text.max(256).describe("The anonymousId that is this customer's."),
  }),
} as const;

export type MessageType = keyof typeof messageSchemas;

export const MESSAGE_TYPES = Object.keys(messageSchemas) as MessageType[];

/** One call of Segment's, as it stands in a batch. */
export const messageSchema = z.discriminatedUnion(
  "type",
  [
    messageSchemas.track,
    messageSchemas.identify,
    messageSchemas.page,
    messageSchemas.screen,
    messageSchemas.group,
    messageSchemas.alias,
  ],
  {
    error: ({ code }) =>
      code === "invalid_union" ? `must be one of ${MESSAGE_TYPES.join(", ")}` : undefined,
  },
);

export type Message = z.infer<typeof messageSchema>;

/** Body of `POST /v1/batch`. Messages are checked one by one later: a bad one does not spoil the others. */
export const batchSchema = z.object({ batch: z.array(z.unknown()), sentAt: instant.nullish() });
