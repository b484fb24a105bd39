import { Hono } from "hono";
import { z } from "zod";
import type { Env } from "../env.ts";
import { profileStub, type ProfileAddress } from "../profile/profile-address.ts";
import type { Inspection } from "../profile/profile-face.ts";
import { Problem } from "../wire/problem.ts";
import { deviceId, parseBody } from "../wire/sync-schema.ts";

/** The furthest that a clock may be moved at a time, ms. */
const MAX_ADVANCE = 400 * 864e5;

const clockSchema = z.object({
  device: deviceId,
  /** How far to move the profile's clock on, ms. */
  advance: z.int().min(0).max(MAX_ADVANCE),
});

/** `/v1/dev`: the time machine. There in local development alone, where MURMUR_DEV is "1". */
export const devRoute = new Hono<{ Bindings: Env }>()
  .use(async (context, next) => {
    if (context.env.MURMUR_DEV !== "1") throw new Problem("not_found", "This is for local development.");
    context.header("cache-control", "no-store");
    return next();
  })
  .get("/profile", async (context) => {
    const device = deviceId.safeParse(context.req.query("device"));
    if (!device.success) throw new Problem("invalid_request", "Name the device: ?device=<32 hex digits>.");
    return context.json((await locate(context.env, device.data)).inspection);
  })
  .post("/clock", async (context) => {
    const { device, advance } = parseBody(clockSchema, await context.req.text());
    const { address } = await locate(context.env, device);
    return context.json(await profileStub(context.env, address).inspect(advance));
  });

/** The profile that a device's events go to now. */
async function locate(
  env: Env,
  device: string,
): Promise<{ address: ProfileAddress; inspection: Inspection }> {
  let address: ProfileAddress = { kind: "device", id: device };
  for (;;) {
    const inspection = await profileStub(env, address).inspect();
    if (!("moved" in inspection)) return { address, inspection };
    address = { kind: "customer", id: inspection.moved };
  }
}
