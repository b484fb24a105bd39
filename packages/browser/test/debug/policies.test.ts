import { expect, test } from "vitest";
import { FakeSource } from "./fake-source.ts";
import { openPanel } from "./kit.ts";

// In a file, and so on a page, of its own: what a policy has taken, it does not give back.

test("works under Trusted Types and a policy without inline styles, and violates neither", async () => {
  const source = new FakeSource({
    segments: { seen: { when: { count: "X", within: "7d", gte: 1 } } },
    slots: { hero: { variants: [], fallback: { content: { html: "<b>bold</b>" } } } },
  });
  source.track("X", { html: "<i>" });
  const slot = document.createElement("p");
  slot.setAttribute("data-murmur-slot", "hero");
  const plain = document.createElement("div");
  document.body.append(slot, plain);
  const policy = document.createElement("meta");
  policy.httpEquiv = "Content-Security-Policy";
  policy.content =
    "require-trusted-types-for 'script'; trusted-types 'none'; style-src 'none'; img-src 'none'; font-src 'none'";
  const violations: string[] = [];
  document.addEventListener("securitypolicyviolation", ({ violatedDirective }) =>
    violations.push(violatedDirective),
  );
  document.head.append(policy);
  // It is in force.
  expect(() => (plain.innerHTML = "<b></b>")).toThrow(/TrustedHTML/);
  plain.setAttribute("style", "color: red");
  expect(getComputedStyle(plain).color).not.toBe("rgb(255, 0, 0)");
  await expect.poll(() => violations.length).toBe(2);

  const panel = await openPanel(source);
  for (const view of ["segments", "events", "slots", "queue", "consent"]) {
    panel.tab(view);
    for (const details of panel.all(`#view-${view} details`)) (details as HTMLDetailsElement).open = true;
    await new Promise((resolve) => setTimeout(resolve, 60));
  }
  panel.tab("slots");
  panel.find(".card-button").click();
  expect(panel.all(".frame")).toHaveLength(1);
  expect(getComputedStyle(panel.find(".panel")).position).toBe("fixed");
  expect(panel.find(".frame").getBoundingClientRect().width).toBe(slot.getBoundingClientRect().width);
  panel.tab("segments");
  await expect.poll(() => panel.find(".meter-fill").getBoundingClientRect().width).toBeGreaterThan(100);
  source.track("X");
  await new Promise((resolve) => setTimeout(resolve, 1_300));
  panel.close();
  await new Promise((resolve) => setTimeout(resolve, 60));
  expect(violations).toHaveLength(2);
});
