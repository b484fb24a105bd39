import { expect, test } from "vitest";
import { entryBody } from "../src/segment-api/entry-body.ts";
import { messageSchema, type Message } from "../src/segment-api/message-schema.ts";

type Told = Parameters<typeof entryBody>[0];

test.each<[string, object, object]>([
  [
    "track",
    { event: "Order Completed", properties: { total: 9 }, context: { ip: "::1" } },
    { type: "event", name: "Order Completed", properties: { total: 9 } },
  ],
  [
    "page",
    { name: "Shoes", category: "Catalogue", properties: { path: "/shoes" } },
    {
      type: "event",
      name: "Page Viewed",
      properties: { path: "/shoes", name: "Shoes", category: "Catalogue" },
    },
  ],
  ["page", { name: "", properties: null }, { type: "event", name: "Page Viewed", properties: {} }],
  ["screen", { name: "Cart" }, { type: "event", name: "Screen Viewed", properties: { name: "Cart" } }],
  ["identify", { traits: { email: "a@b.c" } }, { type: "identify", traits: { email: "a@b.c" } }],
  ["identify", {}, { type: "identify", traits: {} }],
  [
    "group",
    { groupId: "g1", traits: { plan: "team", id: "another" } },
    { type: "identify", traits: { company: { plan: "team", id: "g1" } } },
  ],
])("%s %j becomes %j", (type, members, entry) => {
  const message: Message = messageSchema.parse({ type, userId: "ada", ...members });
  expect(entryBody(message as Told)).toEqual(entry);
});
