import type { MessageType } from "../segment-api/message-schema.ts";

const timestamp = "2026-05-01T12:00:00.000Z";

const viewed = {
  type: "event",
  id: "0b8ca1b0-6c2f-4a53-a9ee-6a1f4a0c9d11",
  name: "Product Viewed",
  timestamp: 1_777_636_800_000,
  properties: { product_id: "trail-2", category: "running-shoes", price: 129 },
};

export const syncExample = {
  device: "9f86d081884c7d659a2feaa0c55ad015",
  sentAt: 1_777_636_800_500,
  entries: [viewed],
  slots: ["hero"],
};

const hero = {
  variant: "running",
  content: { title: "Find the shoe that fits your stride" },
  why: "in segment running-shoe-intent",
};

export const slotsExample = {
  userId: "customer-17",
  slots: ["hero"],
  measures: ["carted-product"],
  context: { path: "/", timezone: "Europe/Berlin" },
};

export const slotsAnswerExample = {
  segments: ["running-shoe-intent"],
  slots: { hero },
  measures: { "carted-product": "Trail 2" },
};

export const syncAnswerExample = {
  accepted: 1,
  duplicates: 0,
  rejected: [],
  segments: ["running-shoe-intent"],
  slots: { hero },
  nextChange: 1_778_241_600_000,
  receivedAt: 1_777_636_800_620,
  shift: 0,
  timestamps: {},
  entries: [],
  log: "5d2c1a52-8a51-4a1f-9f39-4a1a1f5e2c11",
  cursor: 1,
  more: false,
  manifest: "0123456789abcdef",
};

const from = { messageId: "node-1", userId: "customer-17", timestamp };

export const messageExamples: Readonly<Record<MessageType, object>> = {
  track: { ...from, event: "Order Completed", properties: { order_id: "1001", total: 129 } },
  identify: { ...from, traits: { firstName: "Ada", plan: "gold" } },
  page: { ...from, name: "Running shoes", properties: { path: "/category/running-shoes" } },
  screen: { ...from, name: "Cart", properties: {} },
  group: { ...from, groupId: "club-3", traits: { name: "Tarnfell Runners" } },
  alias: { userId: "customer-17", previousId: "9f86d081884c7d659a2feaa0c55ad015" },
};

export const batchExample = {
  sentAt: timestamp,
  batch: [
    { type: "track", ...messageExamples.track },
    { type: "identify", ...messageExamples.identify },
  ],
};
