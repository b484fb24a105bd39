import { expect, test } from "vitest";
import { dataAttributes } from "../../src/adapters/index.ts";
import { capture, pageFaults, show, wait } from "./kit.ts";

const BUTTON = `<button type="button" data-murmur-event="Product Added" data-murmur-properties='{"product_id":"x","price":"129.00","tags":["a"]}'
  data-murmur-prop-quantity="2" data-murmur-prop-variant="42"><b>Buy</b></button>`;
const ADDED = [
  "track",
  "Product Added",
  { product_id: "x", price: 129, tags: ["a"], quantity: 2, variant: "42" },
];

const click = (element: Element | null): void => (element as HTMLElement).click();

test("a click on an element, or in it, is its event, though the page stops it on the way", () => {
  const { recorded, stop } = capture(dataAttributes());
  const place = show(`${BUTTON}<p>else</p>`);
  place.addEventListener("click", (event) => event.stopImmediatePropagation(), true);
  click(place.querySelector("button"));
  click(place.querySelector("b"));
  click(place.querySelector("p"));
  expect(recorded).toEqual([ADDED, ADDED]);
  stop();
  click(place.querySelector("b"));
  expect(recorded).toHaveLength(2);
});

test("of elements in each other, the innermost one's event it is", () => {
  const { recorded } = capture(dataAttributes());
  const place = show(`<div data-murmur-event="Product Clicked"><i data-murmur-event=""></i>${BUTTON}</div>`);
  click(place.querySelector("b"));
  click(place.querySelector("i"));
  expect(recorded.map(([, name]) => name)).toEqual(["Product Added", "Product Clicked"]);
});

test("a click on a label, which the browser has its control clicked for, too, is one click", async () => {
  const { recorded } = capture(dataAttributes());
  const place = show(`<label data-murmur-event="Size Chosen"><input type="checkbox" /> <b>M</b></label>
    <label><i data-murmur-event="In It"><input type="checkbox" /></i> <u>L</u></label>`);
  const [size, inner] = place.querySelectorAll("input");
  click(place.querySelector("b"));
  click(place.querySelector("b"));
  click(size!);
  expect(recorded.map(([, name]) => name)).toEqual(["Size Chosen", "Size Chosen", "Size Chosen"]);
  click(place.querySelector("u"));
  expect([size!.checked, inner!.checked, recorded.length]).toEqual([true, true, 4]);
  // What the page keeps from being passed on is one click all the same, and the next is another.
  place.querySelector("b")!.addEventListener("click", (event) => event.preventDefault(), { once: true });
  click(place.querySelector("b"));
  await wait(50);
  click(size!);
  expect(recorded).toHaveLength(6);
});

test("clicks in a shadow root are found", () => {
  const { recorded } = capture(dataAttributes());
  const root = show("<div></div>").querySelector("div")!.attachShadow({ mode: "open" });
  root.innerHTML = BUTTON;
  click(root.querySelector("b"));
  expect(recorded).toEqual([ADDED]);
});

test("of a form, its submission is the event, and no click in it", () => {
  const { recorded } = capture(dataAttributes());
  const place = show(
    `<form data-murmur-event="Coupon Entered" data-murmur-prop-coupon_id="c"><button>Go</button></form>`,
  );
  place.addEventListener("submit", (event) => event.preventDefault());
  click(place.querySelector("button"));
  expect(recorded).toEqual([["track", "Coupon Entered", { coupon_id: "c" }]]);
});

test("with data-murmur-on=view, an element counts once, when it has been seen", async () => {
  const { recorded, stop } = capture(dataAttributes());
  const banner = (id: string, style = ""): string =>
    `<div data-murmur-event="Promotion Viewed" data-murmur-on="view" data-murmur-prop-promotion_id="${id}" style="height:40px;${style}"></div>`;
  const place = show(
    `${banner("near")}<div style="height:5000px"></div>${banner("far")}${banner("tall", "height:4000px")}`,
  );
  const ids = (): unknown[] => recorded.map(([, , properties]) => properties?.["promotion_id"]);
  await expect.poll(ids).toEqual(["near"]);
  click(place.firstElementChild);
  place.querySelector("[data-murmur-prop-promotion_id=far]")!.scrollIntoView({ block: "end" });
  await expect.poll(ids).toEqual(["near", "far"]);
  scrollTo(0, 0);
  await wait(100);
  place.lastElementChild!.scrollIntoView();
  await expect.poll(ids).toEqual(["near", "far", "tall"]);
  stop();
  show(banner("later")).scrollIntoView();
  await wait(400);
  expect(ids()).toEqual(["near", "far", "tall"]);
});

test("amounts that are written for people are numbers where they can be read one way only", () => {
  const { recorded } = capture(dataAttributes());
  const read = (price: string): unknown => {
    const button = show(BUTTON).querySelector("button")!;
    button.setAttribute("data-murmur-prop-price", price);
    click(button);
    return recorded.at(-1)![2]!["price"];
  };
  expect(["129,00", "1.299,00", "1,299.00", "-1,5", "1,299,000.50", "129.00", ".5"].map(read)).toEqual([
    129, 1299, 1299, -1.5, 1299000.5, 129, 0.5,
  ]);
  // Thousands, or three decimals: nobody knows.
  const texts = ["1,299", "129,00 €", "cheap", ",", "1,2,3x", "2026.11.26"];
  expect(texts.map(read)).toEqual(texts);
});

test("broken properties are passed over, the event is not", () => {
  const faults = pageFaults();
  const { recorded } = capture(dataAttributes());
  for (const properties of ["{ broken", "null", "[1]", "5", '"x"', ""]) {
    const button = show(BUTTON).querySelector("button")!;
    button.setAttribute("data-murmur-properties", properties);
    click(button);
  }
  expect(recorded).toEqual(
    Array.from({ length: 6 }, () => ["track", "Product Added", { quantity: 2, variant: "42" }]),
  );
  expect(faults).toEqual([]);
});
