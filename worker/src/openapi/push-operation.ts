import type { RouteConfig } from "@hono/zod-openapi";
import { upgraded } from "./answers.ts";
import { CUSTOMER_TOKEN, DEVICE_ID } from "./profile-operations.ts";

export const pushOperation: RouteConfig = {
  method: "get",
  path: "/v1/push",
  tags: ["Device"],
  summary: "Be told when a segment has changed elsewhere",
  description:
    "A WebSocket. A browser's has no headers: it offers the protocols `murmur` and `device.<id>` or `bearer.<token>` instead. Whenever the profile has entered or left a segment, unless by what this very device sent, it says `changed` and nothing else: ask `/v1/sync` then. `ping` is answered with `pong`; anything else closes it. Closed with 4001, connect again: the profile is elsewhere now.",
  security: [{ [CUSTOMER_TOKEN]: [] }, { [DEVICE_ID]: [] }],
  responses: upgraded("The connection", [
    "token_invalid",
    "token_required",
    "origin_not_allowed",
    "no_consent",
    "upgrade_required",
    "too_many_connections",
  ]),
};
