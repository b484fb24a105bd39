import { expect, test } from "vitest";
import {
  browseRescue,
  cartRescue,
  checkDefinition,
  compile,
  priceSensitiveCoupon,
  reviewRequest,
  slippingAccount,
  topicEnthusiast,
  vipWinBack,
  welcome,
  type Recipe,
} from "../../src/index.ts";
import { ADDRESS, DAY, done, HOUR, log, runOf, type Said } from "./kit.ts";

const ALL: readonly Recipe[] = [
  cartRescue(),
  browseRescue(),
  welcome(),
  vipWinBack(),
  reviewRequest(),
  priceSensitiveCoupon(),
  slippingAccount(),
  topicEnthusiast(["cycling", "opera"]),
];

/** What a shopper's history brings. */
const brings = (recipe: Recipe, ...entries: readonly Said[]): [string, number][] =>
  done(runOf(recipe, log([ADDRESS, 0], ...entries), 400 * DAY));

test("U16 each compiles as it stands, and all of them together, as plain JSON", () => {
  const merged = { segments: {}, measures: {}, journeys: {}, slots: {} };
  for (const recipe of ALL) {
    expect(checkDefinition(recipe)).toEqual([]);
    expect(JSON.parse(JSON.stringify(recipe))).toEqual(recipe);
    for (const [key, part] of Object.entries(recipe)) Object.assign(merged[key as keyof typeof merged], part);
  }
  expect(checkDefinition(merged)).toEqual([]);
});

test("U16 cart rescue: a mail after 2 h, ads 24 h later, nothing more once it is bought", () => {
  const mail = ["mail cart-reminder", 2 * HOUR];
  expect(brings(cartRescue(), ["Product Added", 0])).toEqual([mail, ["hook ads-audience", 26 * HOUR]]);
  expect(brings(cartRescue(), ["Product Added", 0], ["Order Completed", 3 * HOUR])).toEqual([mail]);
  expect(brings(cartRescue(), ["Product Added", 0], ["Order Completed", HOUR])).toEqual([]);
});

test("U16 browse abandonment: a mail 4 h after the last of three views, none with a cart", () => {
  const views: Said[] = [1, 2, 3].map((at) => ["Product Viewed", at, { category: "shoes" }]);
  expect(brings(browseRescue(), ...views)).toEqual([["mail browse-reminder", 3 + 4 * HOUR]]);
  expect(brings(browseRescue(), ...views, ["Product Added", 4])).toEqual([]);
});

test("U16 welcome: over 14 days, the last one for who has not ordered", () => {
  const first: [string, number][] = [
    ["mail welcome-1", 5],
    ["mail welcome-2", 5 + 4 * DAY],
  ];
  expect(brings(welcome(), ["Signed Up", 5])).toEqual([...first, ["mail welcome-first-order", 5 + 14 * DAY]]);
  expect(brings(welcome(), ["Signed Up", 5], ["Order Completed", 9 * DAY])).toEqual(first);
});

test("U16 VIP win-back: after 90 days, an offer a week later, none to who comes back", () => {
  const order: Said = ["Order Completed", 0, { total: 600 }];
  expect(brings(vipWinBack(), order)).toEqual([
    ["mail vip-we-miss-you", 90 * DAY],
    ["mail vip-offer", 97 * DAY],
    ["hook crm-task", 97 * DAY],
  ]);
  const back = brings(vipWinBack(), order, ["Page Viewed", 92 * DAY]);
  expect(back.filter(([, at]) => at < 200 * DAY)).toEqual([["mail vip-we-miss-you", 90 * DAY]]);
  expect(brings(vipWinBack(), ["Order Completed", 0, { total: 60 }])).toEqual([]);
});

test("U16 review: 10 days after each order, unless one was written", () => {
  const orders: Said[] = [
    ["Order Completed", 0],
    ["Order Completed", 40 * DAY],
  ];
  expect(brings(reviewRequest(), ...orders)).toEqual([
    ["mail review-request", 10 * DAY],
    ["mail review-request", 50 * DAY],
  ]);
  expect(brings(reviewRequest(), orders[0]!, ["Product Reviewed", 3 * DAY])).toEqual([]);
  // Of two that are close together the last one counts.
  expect(brings(reviewRequest(), orders[0]!, ["Order Completed", 3 * DAY])).toEqual([
    ["mail review-request", 13 * DAY],
  ]);
});

test("U16 coupon: to half of the price-sensitive, a day later; the others are noted", () => {
  const views: Said[] = [1, 2, 3].map((at) => ["Product Viewed", at, { on_sale: true }]);
  const outcomes = Array.from({ length: 40 }, (_none, at) =>
    done(runOf(priceSensitiveCoupon(), log([ADDRESS, 0], ...views), 30 * DAY, `customer:${at}`)),
  );
  const at = 3 + DAY;
  for (const outcome of outcomes)
    expect([
      [
        ["trait coupon", at],
        ["mail coupon", at],
      ],
      [["event Coupon Withheld", at]],
    ]).toContainEqual(outcome);
  expect(new Set(outcomes.map((outcome) => outcome.length)).size).toBe(2);
});

test("U16 slipping account: a task when use fell by a fifth two weeks running", () => {
  const week = (at: number, uses: number): Said[] =>
    Array.from({ length: uses }, (_none, use) => ["Feature Used", at * 7 * DAY + use * HOUR]);
  const falls = brings(slippingAccount(), ...week(0, 10), ...week(1, 8), ...week(2, 6));
  expect(falls.filter(([what]) => what === "hook crm-task").length).toBeGreaterThan(0);
  const steady = [0, 1, 2, 3].flatMap((at) => week(at, 10));
  const until = 4 * 7 * DAY - 2 * DAY;
  expect(runOf(slippingAccount(), log(...steady), until).effects).toEqual([]);
});

test("U16 topic enthusiast: a place in the feed after three articles in a week", () => {
  const program = compile(topicEnthusiast(["cycling", "opera"]));
  const profile = program.profile();
  for (const at of [1, 2, 3]) {
    expect(profile.segments()).toEqual([]);
    profile.record({ id: `${at}`, name: "Article Read", timestamp: at, properties: { topic: "opera" } });
  }
  expect(profile.segments()).toEqual(["enthusiast-opera"]);
});
