import { env, evictDurableObject, runInDurableObject } from "cloudflare:test";
import { expect, test } from "vitest";
import { migrate } from "../src/profile/migrations.ts";
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

test("a profile of the present version is woken without a write", async () => {
  const device = newDevice();
  await sync(device, [viewed()]);
  await runInDurableObject(
    env.PROFILE.get(env.PROFILE.idFromName(`device:${device}`)),
    (_object, { storage }) => {
      const asked: string[] = [];
      const exec = (query: string) => {
        asked.push(query);
        return storage.sql.exec(query);
      };
      const transactionSync = () => expect.unreachable("nothing is to be written");
      migrate({ sql: { exec }, transactionSync } as unknown as DurableObjectStorage);
      expect(asked.filter((query) => !query.startsWith("SELECT"))).toEqual([]);
      expect(asked).not.toEqual([]);
    },
  );
});
