import { expect, onTestFinished, test, vi } from "vitest";
import { pageViews } from "../../src/capture/page-views.ts";
import { put, throwing } from "../consent/page.ts";

/** Addresses and titles of the views that are counted, until the test is over. */
function watch(): { views: string[] } {
  const [before, title] = [location.href, document.title];
  history.replaceState(null, "", "/start");
  document.title = "Start";
  const views: string[] = [];
  pageViews(() => views.push(`${location.pathname}${location.search} ${document.title}`));
  onTestFinished(() => {
    history.replaceState(null, "", before);
    document.title = title;
  });
  return { views };
}

/** Timers fire in order: when this one does, what was watched before has been counted. */
const settled = () => new Promise((resolve) => setTimeout(resolve, 120));

async function goBack(): Promise<void> {
  const gone = new Promise((resolve) => addEventListener("popstate", resolve, { once: true }));
  history.back();
  await gone;
  await settled();
}

/** The browsers of before the Navigation API; in some pages, what has its name is something else. */
function hideNavigation(value: unknown): void {
  const { pushState, replaceState } = history;
  put(window, "navigation", { value });
  // What was wrapped passes on for good.
  onTestFinished(() => void Object.assign(history, { pushState, replaceState }));
}

const PAGES: [string, () => void][] = [
  ["with the Navigation API", () => {}],
  ["without it", () => hideNavigation(undefined)],
  ["with an element of that name", () => hideNavigation(document.createElement("nav"))],
];

test.each(PAGES)(
  "counts the first load and each address of the History API once, %s",
  async (_title, prepare) => {
    prepare();
    const { views } = watch();
    expect(views).toEqual(["/start Start"]);
    history.pushState(null, "", "/shoes");
    document.title = "Shoes";
    // As routers do: their own state, for the address that they have just set.
    history.replaceState({ router: 1 }, "", "/shoes");
    await settled();
    history.replaceState(null, "", "/shoes?color=red");
    await settled();
    await goBack();
    expect(views).toEqual(["/start Start", "/shoes Shoes", "/shoes?color=red Shoes", "/start Shoes"]);
  },
);

test.each(PAGES)(
  "a hash, a state, and a way there and back at once are no views, %s",
  async (_title, prepare) => {
    prepare();
    const { views } = watch();
    location.hash = "#reviews";
    await settled();
    history.pushState({ open: true }, "", "#details");
    await settled();
    await goBack();
    history.pushState(null, "", "/shoes");
    history.pushState(null, "", "/start");
    await settled();
    expect(views).toEqual(["/start Start"]);
  },
);

test("reads the title that a framework sets after it has rendered", async () => {
  const { views } = watch();
  history.pushState(null, "", "/late");
  setTimeout(() => (document.title = "Late"), 30);
  await settled();
  expect(views).toEqual(["/start Start", "/late Late"]);
});

test("a page shown again from the back/forward cache is a view, one that is loaded only one", async () => {
  const { views } = watch();
  dispatchEvent(new PageTransitionEvent("pageshow", { persisted: false }));
  await settled();
  expect(views).toHaveLength(1);
  dispatchEvent(new PageTransitionEvent("pageshow", { persisted: true }));
  await settled();
  expect(views).toEqual(["/start Start", "/start Start"]);
});

test("a prerendered page is viewed when it is activated", async () => {
  put(document, "prerendering", { value: true });
  const { views } = watch();
  history.pushState(null, "", "/shoes");
  await settled();
  expect(views).toEqual([]);
  put(document, "prerendering", { value: false });
  document.dispatchEvent(new Event("prerenderingchange"));
  await settled();
  expect(views).toEqual(["/shoes Start"]);
});

test("a page's own pushState keeps its receiver, arguments, answer and faults", async () => {
  hideNavigation(undefined);
  const own = vi.fn(function (this: unknown) {
    return this === history;
  });
  history.pushState = own as never;
  const { views } = watch();
  expect(history.pushState({ a: 1 }, "t", "/x")).toBe(true);
  expect(own).toHaveBeenCalledWith({ a: 1 }, "t", "/x");
  own.mockImplementation(throwing);
  expect(() => history.pushState(null, "", "/y")).toThrow("hostile");
  await settled();
  expect(views).toEqual(["/start Start"]);
});

test("a page that forbids its history to be wrapped still has its first view, and no fault", () => {
  hideNavigation(undefined);
  put(history, "pushState", { value: () => {}, writable: false });
  expect(watch().views).toEqual(["/start Start"]);
});
