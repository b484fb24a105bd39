import { env, evictDurableObject } from "cloudflare:test";
import { expect, test } from "vitest";
import { newDevice, sync, viewed } from "./kit/call.ts";

test("a profile that has left memory comes back the same", async () => {
  const device = newDevice();
  const before = await sync(device, [viewed(), viewed(), viewed()]);
  await evictDurableObject(env.PROFILE.get(env.PROFILE.idFromName(`device:${device}`)));
  const after = await sync(device, [], { log: before.log, cursor: before.cursor });
  expect(after).toMatchObject({ segments: before.segments, log: before.log, cursor: 3, entries: [] });
  await evictDurableObject(env.PROFILE.get(env.PROFILE.idFromName(`device:${device}`)));
  expect((await sync(device, [viewed()])).segments).toContain("running-shoe-intent");
});
