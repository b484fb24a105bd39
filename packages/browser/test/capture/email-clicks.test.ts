import { entryProblem } from "@murmur/core";
import { expect, onTestFinished, test, vi } from "vitest";
import { emailClick } from "../../src/capture/email-clicks.ts";

function landing(search: string): Location {
  return new URL(`https://shop.example/shoes${search}`) as unknown as Location;
}

/** How the browser came to the page. */
function loadedBy(...types: string[]): void {
  const spy = vi
    .spyOn(performance, "getEntriesByType")
    .mockReturnValue(types.map((type) => ({ type })) as never);
  onTestFinished(() => spy.mockRestore());
}

test("a campaign's link is a click, with the properties of Segment's e-mail spec", () => {
  loadedBy("navigate");
  const search = "?utm_medium=email&utm_id=42&utm_campaign=Spring%20sale&utm_content=hero&utm_source=klaviyo";
  expect(emailClick(landing(search))).toEqual({
    name: "Email Link Clicked",
    properties: {
      link_url: `https://shop.example/shoes${search}`,
      campaign_id: "42",
      campaign_name: "Spring sale",
      link_id: "hero",
    },
  });
});

test.each(["email", "Email", "E-MAIL", "e_mail", "e%20mail", "e+mail"])(
  "utm_medium=%s is e-mail",
  (medium) => {
    loadedBy("navigate");
    expect(emailClick(landing(`?utm_medium=${medium}`))?.name).toBe("Email Link Clicked");
  },
);

test.each([
  "",
  "?utm_medium=cpc",
  "?utm_medium=",
  "?utm_medium=emailx",
  "?utm_source=email",
  "?murmur_link=",
  "?%",
  "?&&==",
])("%j is no click", (search) => {
  loadedBy("navigate");
  expect(emailClick(landing(search))).toBeUndefined();
});

test.each([["reload"], ["back_forward"], []])(
  "a landing that is loaded by %s is counted already",
  (...types) => {
    loadedBy(...types);
    expect(emailClick(landing("?utm_medium=email"))).toBeUndefined();
  },
);

test("with a link's token it is one event however often it is loaded", () => {
  for (const type of ["navigate", "reload", "back_forward"]) {
    loadedBy(type);
    expect(emailClick(landing("?murmur_link=t0k.en"))).toMatchObject({
      id: "link:t0k.en",
      properties: { link_token: "t0k.en" },
    });
  }
});

test("a token that is longer than an id names the click by its end, where its signature is", () => {
  const token = `${"h".repeat(20)}.${"p".repeat(300)}.${"s".repeat(43)}`;
  const click = emailClick(landing(`?murmur_link=${token}`));
  expect(entryProblem({ type: "event", timestamp: 0, ...click })).toBeUndefined();
  expect(click).toMatchObject({ id: `link:${token.slice(-123)}`, properties: { link_token: token } });
});

test("the browser's own word: this page was loaded once", () => {
  expect(performance.getEntriesByType("navigation")).toHaveLength(1);
  expect(() => emailClick(location)).not.toThrow();
});

test("whatever is in the address, the properties are plain JSON", () => {
  loadedBy("navigate");
  const search =
    "?utm_medium=email&utm_id=__proto__&utm_campaign=%00%FF%F0&utm_content=<script>&utm_id=2&__proto__=x";
  const click = emailClick(landing(`${search}&murmur_link=${"t".repeat(123)}`));
  expect(entryProblem({ type: "event", timestamp: 0, ...click })).toBeUndefined();
  expect(click?.properties["campaign_id"]).toBe("__proto__");
});
