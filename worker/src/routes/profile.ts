import { Hono, type Context } from "hono";
import type { Env } from "../env.ts";
import { whose } from "../identity/whose.ts";
import { eraseProfile, readProfile, removeDevice } from "../profile/own-profile.ts";
import type { ProfileAddress } from "../profile/profile-address.ts";
import { Problem } from "../wire/problem.ts";
import { deviceId } from "../wire/sync-schema.ts";

type Asked = Context<{ Bindings: Env }>;

/**
 * `/v1/profile`: what a person may ask about themselves. They say who they are in the header: `Authorization: Bearer` and
 * the customer's token, or `Authorization: Device` and the device's id, for what nobody has signed in to.
 */
export const profileRoute = new Hono<{ Bindings: Env }>()
  .use(async (context, next) => {
    await next();
    context.header("cache-control", "no-store");
  })
  .get("/", async (context) =>
    context.body(await readProfile(context.env, await caller(context)), 200, {
      "content-type": "application/json",
    }),
  )
  .delete("/", async (context) => {
    await eraseProfile(context.env, await caller(context));
    return context.body(null, 204);
  })
  .delete("/devices/:id", async (context) => {
    const device = deviceId.safeParse(context.req.param("id"));
    if (!device.success) throw new Problem("invalid_request", "Name the device by its 32 hex digits.");
    const customer = await caller(context);
    if (customer.kind === "device")
      throw new Problem("token_required", "Send the token of the customer whose device it is.");
    await removeDevice(context.env, customer, device.data);
    return context.body(null, 204);
  });

function caller({ req, env }: Asked): Promise<ProfileAddress> {
  return whose(req.header("authorization"), env);
}
