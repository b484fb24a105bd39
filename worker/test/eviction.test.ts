import { env, evictDurableObject, runInDurableObject } from "cloudflare:test";
import { expect, test, vi } from "vitest";
import { migrate } from "../src/profile/migrations.ts";
import { newDevice, post, sync, viewed } from "./kit/call.ts";
import { profileOf, storedIn } from "./kit/stored.ts";

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

test("what a later version of the worker has written, this one leaves as it is, and the log says so", async () => {
  const device = newDevice();
  await sync(device, [viewed()]);
  const stub = profileOf("device", device);
  const later = (version: number) =>
    runInDurableObject(stub, (_object, { storage }) => {
      storage.sql.exec("INSERT INTO migration (version) VALUES (?)", version);
    });
  await later(1_000);
  await evictDurableObject(stub);
  const before = await storedIn(stub);
  const told = vi.spyOn(console, "error").mockImplementation(() => undefined);
  const { status, body } = await post("/v1/sync", { device, sentAt: Date.now(), entries: [viewed()] });
  const lines = told.mock.calls.map(([line]) => JSON.parse(line));
  told.mockRestore();
  expect([status, body]).toMatchObject([500, { code: "internal" }]);
  expect(lines).toContainEqual({
    level: "error",
    event: "database_newer",
    version: 1_000,
    known: expect.any(Number),
  });
  expect(await storedIn(stub)).toEqual(before);
  // The later version comes back.
  await runInDurableObject(stub, (_object, { storage }) => {
    storage.sql.exec("DELETE FROM migration WHERE version = 1000");
  });
  expect((await sync(device, [viewed()])).cursor).toBe(2);
});
