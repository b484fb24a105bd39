import { expect, test } from "vitest";
import {
  browseAbandonment,
  cartAbandonment,
  categoryIntent,
  churnRisk,
  lifecycle,
  rfm,
  type EventEntry,
} from "../../src/index.ts";
import { DAY, event, HOUR } from "../kit/entries.ts";
import { segmentsAt } from "./follow.ts";

test.for<[string, { segments: object; measures?: object }]>([
  ["lifecycle-", lifecycle()],
  ["rfm-", rfm()],
  ["cart-", cartAbandonment()],
  ["browse-", browseAbandonment()],
  ["intent-", categoryIntent(["tents"])],
  ["churn-", churnRisk()],
  ["own.", lifecycle({ prefix: "own." })],
  ["own.", rfm({ prefix: "own." })],
  ["own.", cartAbandonment({ prefix: "own." })],
  ["own.", browseAbandonment({ prefix: "own." })],
  ["own.", categoryIntent(["tents"], { prefix: "own." })],
  ["own.", churnRisk({ prefix: "own." })],
])("U2 begins all that it names with %j", ([prefix, { segments, measures = {} }]) => {
  const names = [...Object.keys(segments), ...Object.keys(measures)];
  expect(names).not.toEqual([]);
  expect(names.filter((name) => !name.startsWith(prefix))).toEqual([]);
});

const paid = (at: number, revenue = 0): EventEntry => event("Paid", at, { revenue });
const seen = (at: number, id?: string): EventEntry => event("Seen", at, {}, id);

test.for<[title: string, preset: object, events: EventEntry[], now: number, expected: string[]]>([
  ["an order of lifecycle", lifecycle({ order: "Paid" }), [paid(0)], 1, ["lifecycle-first-time-buyer"]],
  [
    "when a buyer is loyal",
    lifecycle({ order: "Paid", loyalFrom: 3 }),
    [paid(0), paid(1), paid(2)],
    3,
    ["lifecycle-loyal"],
  ],
  [
    "when a buyer is at risk",
    lifecycle({ order: "Paid", atRiskAfter: "1d", dormantAfter: "2d" }),
    [paid(0)],
    DAY,
    ["lifecycle-at-risk"],
  ],
  [
    "when a visitor is dormant",
    lifecycle({ activity: "Seen", atRiskAfter: "1d", dormantAfter: "2d" }),
    [seen(0), event("Page Viewed", DAY)],
    2 * DAY,
    ["lifecycle-dormant"],
  ],
  [
    "the value and the bounds of rfm",
    rfm({
      order: "Paid",
      value: "revenue",
      recency: ["1d", "2d", "3d", "4d"],
      frequency: [1, 1, 2, 2],
      monetary: [5, 10, 15, 20],
    }),
    [paid(0, 15)],
    DAY,
    ["rfm-frequency-3", "rfm-monetary-4", "rfm-potential-loyalist", "rfm-recency-4"],
  ],
  [
    "a cart's events",
    cartAbandonment({ added: "Seen", checkout: "Began", order: "Paid", for: "1h", upTo: "2h" }),
    [paid(0), seen(1), event("Began", 2)],
    HOUR + 2,
    ["cart-abandoner", "cart-checkout-abandoner"],
  ],
  [
    "a browser's events",
    browseAbandonment({ viewed: "Seen", further: "Paid", views: 1, for: "1h", upTo: "2h" }),
    [seen(0), event("Product Added", 1)],
    HOUR,
    ["browse-abandoner"],
  ],
  [
    "a category's path and window",
    categoryIntent(["tents"], { views: 1, within: "1h", path: "kind" }),
    [event("Product Viewed", 0, { kind: "tents" })],
    HOUR - 1,
    ["intent-tents"],
  ],
  [
    "when somebody is silent",
    churnRisk({ activity: "Seen", engagedFrom: 1, silentAfter: "1d", churnedAfter: "2d" }),
    [seen(0)],
    DAY,
    ["churn-risk", "churn-silent"],
  ],
  [
    "how somebody slips",
    churnRisk({ activity: "Seen", engagedFrom: 1, every: "1h", periods: 1, drop: 0.5 }),
    [seen(0, "1"), seen(0, "2"), seen(HOUR)],
    HOUR,
    ["churn-risk", "churn-slipping"],
  ],
])("U4 %s may be others", ([, preset, events, now, expected]) => {
  expect(segmentsAt(preset, events, now)).toEqual(expected);
});
