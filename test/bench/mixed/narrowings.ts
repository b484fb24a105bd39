import type { Narrowing } from "@murmur/core";

/** Every way to narrow a selection, by what it is called in figures. */
export const NARROWINGS: Readonly<Record<string, Narrowing>> = {
  "whole log": {},
  within: { within: "7d" },
  session: { within: "session" },
  after: { after: "Order Completed" },
  "within, after": { within: "7d", after: "Order Completed" },
};
