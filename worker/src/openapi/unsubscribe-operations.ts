import type { RouteConfig } from "@hono/zod-openapi";
import { z } from "zod";
import { page } from "./answers.ts";

const common = {
  path: "/v1/unsubscribe/{token}",
  tags: ["E-mail"],
  request: {
    params: z.object({ token: z.string().describe("As the e-mail's `List-Unsubscribe` has it.") }),
  },
};

/** What stands behind the link of a journey's e-mail. */
export const unsubscribeOperations: readonly RouteConfig[] = [
  {
    ...common,
    method: "get",
    summary: "A page that asks whether to unsubscribe",
    description: "It changes nothing: programs that check mails open their links.",
    responses: page("The page", ["not_found"]),
  },
  {
    ...common,
    method: "post",
    summary: "No more e-mails of journeys",
    description:
      "One click (RFC 8058), or the page's own button; the body is not read. It records `Unsubscribed`, once until `Subscribed` comes. Of a person who was erased it records nothing.",
    responses: page("The page that says so", ["not_found", "rate_limited"]),
  },
];
