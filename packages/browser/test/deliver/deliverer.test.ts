import { expect, test, vi } from "vitest";
import { leave } from "../../src/log/changes.ts";
import { append, event, rowsOf } from "../device/kit.ts";
import { consoleWarnings } from "../kit.ts";
import { delivery, refusal, waits } from "./kit.ts";

test("each failure waits twice as long, and the first after a success as the first of all", async () => {
  consoleWarnings();
  const given = await delivery();
  const asked = waits(given);
  const fail = (): never => {
    throw refusal();
  };
  const ways = [fail, fail, fail, () => ({}), fail];
  const done: boolean[] = [];
  for (const way of ways) {
    given.answer = way;
    done.push(await given.deliverer.deliver());
  }
  expect(done).toEqual([false, false, false, true, false]);
  expect(asked).toEqual([1_000, 2_000, 4_000, 1_000]);
});

test("what the edge asks to wait for is waited for on every page, by its own time; more than an hour is no wait of its", async () => {
  consoleWarnings();
  const given = await delivery();
  const asked = waits(given);
  given.answer = () => {
    throw refusal({ status: 429, wait: 90_000 });
  };
  await given.deliverer.deliver();
  given.answer = () => ({});
  expect(await given.deliverer.deliver()).toBe(false);
  expect(given.calls).toHaveLength(1);
  expect(asked[0]).toBe(90_000);
  expect(asked[1]).toBeGreaterThan(60_000);
  expect(asked[1]).toBeLessThanOrEqual(90_000);

  // The clock was years ahead when that was noted, and has been set right.
  await given.state.act((_transaction, meta) => void (meta.notBefore = given.state.now() + 4_000_000));
  expect(await given.deliverer.deliver()).toBe(true);
});

test.each([413, 400])(
  "a call that is refused as a whole with %d is made smaller, and the next is whole again",
  async (status) => {
    const given = await delivery();
    for (let at = 0; at < 8; at++) await append(given.state, event(`e${at}`));
    given.answer = ({ entries }) => {
      if (entries.length > 3) throw refusal({ status, code: "too_large" });
      return {};
    };
    expect(await given.deliverer.deliver()).toBe(true);
    expect(given.calls.map(({ entries }) => entries.length)).toEqual([8, 4, 2, 6, 3, 3]);
    expect(given.state.meta.delivered).toBe(8);
  },
);

test("the entry at fault ends alone, is set aside, and what follows goes together", async () => {
  consoleWarnings();
  const given = await delivery();
  for (const id of ["a", "bad", "c", "d"]) await append(given.state, event(id));
  given.answer = ({ entries }) => {
    if (entries.some(({ id }) => id === "bad")) throw refusal({ status: 400, code: "body_invalid" });
    return {};
  };
  expect(await given.deliverer.deliver()).toBe(true);
  expect(given.calls.map(({ entries }) => entries.map(({ id }) => id).join(" "))).toEqual([
    "a bad c d",
    "a bad",
    "a",
    "bad c d",
    "bad c",
    "bad",
    "c d",
  ]);
  const rows = await rowsOf(given.state);
  expect(rows.filter(({ refused }) => refused).map(({ entry }) => entry.id)).toEqual(["bad"]);
});

test.each([
  ["by a proxy, which has no code", { status: 413 }],
  ["for what is not its size or form", { status: 403, code: "origin_unknown" }],
])("a call that is refused %s stays as it is, and waits", async (_how, refused) => {
  consoleWarnings();
  const given = await delivery();
  const asked = waits(given);
  for (const id of ["a", "b"]) await append(given.state, event(id));
  given.answer = () => {
    throw refusal(refused);
  };
  for (let at = 0; at < 2; at++) expect(await given.deliverer.deliver()).toBe(false);
  expect(given.calls.map(({ entries }) => entries.length)).toEqual([2, 2]);
  expect(asked).toEqual([1_000, 2_000]);
});

test("a call that has failed for another reason stays as small as it was made", async () => {
  consoleWarnings();
  const given = await delivery();
  waits(given);
  for (let at = 0; at < 4; at++) await append(given.state, event(`e${at}`));
  given.answer = ({ entries }) => {
    throw entries.length > 2 ? refusal({ status: 413, code: "too_large" }) : refusal();
  };
  for (let at = 0; at < 2; at++) await given.deliverer.deliver();
  expect(given.calls.map(({ entries }) => entries.length)).toEqual([4, 2, 2]);
});

test("goes on until everything is there: of many entries, of large ones, and of what the edge has more of", async () => {
  const given = await delivery();
  for (let at = 0; at < 501; at++) await append(given.state, event(`small${at}`));
  for (let at = 0; at < 5; at++)
    await append(given.state, event(`large${at}`, 1, { text: "x".repeat(15_000) }));
  let cursor = 0;
  given.answer = () => ({ more: ++cursor < 6, cursor });
  expect(await given.deliverer.deliver()).toBe(true);
  expect(given.state.meta).toMatchObject({ delivered: 506, cursor: 6 });
  expect([given.settled, given.delivered.length]).toEqual([6, 506]);
  expect(given.calls.flatMap(({ entries }) => entries)).toHaveLength(506);
});

test("a page that is hidden says once what the edge has not heard, also without an entry", async () => {
  const given = await delivery();
  given.deliverer.token = { text: "t", subject: "ada" };
  await given.state.act((_transaction, meta) => void (meta.subject = "ada"));
  given.deliverer.flush();
  expect(given.beacons).toMatchObject([{ identity: "t", entries: [] }]);
  given.deliverer.flush();
  expect(given.beacons).toHaveLength(1);

  given.consent = { analytics: true, personalization: true, marketing: false };
  await given.deliverer.deliver();
  given.deliverer.flush();
  expect(given.beacons).toHaveLength(1);

  given.consent = { analytics: true, personalization: false, marketing: false };
  given.deliverer.flush();
  expect(given.beacons).toMatchObject([{}, { identity: undefined, consent: { personalization: false } }]);
});

test("a page that is hidden twice sends once what it has, and nothing that the edge has taken", async () => {
  const given = await delivery();
  const { state } = given;
  const recorded = async (id: string): Promise<void> => {
    const row = await append(state, event(id));
    state.unsent.push({ device: state.meta.device, row });
  };
  await recorded("taken");
  await given.deliverer.deliver();
  await recorded("new");
  for (let at = 0; at < 2; at++) given.deliverer.flush();
  expect(given.beacons.map(({ entries }) => entries.map(({ id }) => id))).toEqual([["new"]]);

  await recorded("later");
  await given.deliverer.deliver();
  await given.deliverer.deliver();
  expect(state.unsent).toEqual([]);
});

test("what an earlier device has left goes in its name alone, and says nothing for this one", async () => {
  consoleWarnings();
  const given = await delivery();
  waits(given);
  await append(given.state, event("hers"));
  const earlier = given.state.meta.device;
  await given.state.act((transaction, meta) => leave(transaction, meta, "bob"));
  await append(given.state, event("his"));
  given.deliverer.token = { text: "t", subject: "bob" };
  given.answer = ({ device }) => {
    if (device !== earlier) throw refusal();
    return { entries: [event("not his")] };
  };
  expect(await given.deliverer.deliver()).toBe(false);
  const [first, second] = given.calls;
  expect(first).toEqual({ device: earlier, sentAt: expect.any(Number), cursor: 0, entries: [event("hers")] });
  expect(second).toMatchObject({ device: given.state.meta.device, identity: "t" });
  expect((await rowsOf(given.state)).map(({ entry }) => entry.id)).toEqual(["his"]);
  given.deliverer.flush();
  expect(given.beacons).toMatchObject([{ identity: "t", device: given.state.meta.device }]);
});

test("after what an earlier device has left, this one asks for itself, also with nothing to say", async () => {
  const given = await delivery();
  await append(given.state, event("hers"));
  const earlier = given.state.meta.device;
  await given.state.act((transaction, meta) => leave(transaction, meta));
  expect(await given.deliverer.deliver()).toBe(true);
  expect(given.calls.map(({ device }) => device)).toEqual([earlier, given.state.meta.device]);
});

test("without a token that the edge refuses, the device goes on by itself, at once", async () => {
  const said = consoleWarnings();
  const given = await delivery();
  const asked = waits(given);
  given.deliverer.token = { text: "t", subject: "ada" };
  await given.state.act((_transaction, meta) => void (meta.subject = "ada"));
  given.answer = ({ identity }) => {
    if (identity) throw refusal({ status: 401, code: "token_invalid" });
    return {};
  };
  expect(await given.deliverer.deliver()).toBe(false);
  expect(asked).toEqual([0]);
  expect(await given.deliverer.deliver()).toBe(true);
  expect(given.calls.map(({ identity }) => identity)).toEqual(["t", undefined]);
  await expect.poll(() => said.join()).toContain("token_invalid");
});

test("a device that the edge knows as somebody else's becomes another one, for whom the token names", async () => {
  const given = await delivery();
  const asked = waits(given);
  given.deliverer.token = { text: "t", subject: "ada" };
  await given.state.act((_transaction, meta) => void (meta.subject = "ada"));
  const { device } = given.state.meta;
  given.answer = (request) => {
    if (request.device === device) throw refusal({ status: 409, code: "device_taken" });
    return {};
  };
  expect(await given.deliverer.deliver()).toBe(false);
  expect(asked).toEqual([0]);
  expect(given.state.meta.device).not.toBe(device);
  expect(await given.deliverer.deliver()).toBe(true);
  expect(given.calls.at(-1)).toMatchObject({ device: given.state.meta.device, identity: "t" });
});

test("what the edge refuses of a call is said, by its reason", async () => {
  const said = consoleWarnings();
  const given = await delivery();
  given.answer = () => ({ rejected: [{ id: "a", reason: "from_the_future", message: "" }] });
  expect(await given.deliverer.deliver()).toBe(true);
  await expect.poll(() => said.join()).toContain("rejected_from_the_future");
});

test("an answer that comes after a no is noted nowhere; the cookie that it has brought goes, and the edge's profile", async () => {
  const given = await delivery();
  const { device } = given.state.meta;
  const cookie = vi.spyOn(given.state, "cookie");
  const forget = vi.spyOn(given.edge, "forget");
  given.answer = async () => {
    given.consent = { analytics: false };
    await given.state.erase(() => device);
    // Another page of the device, where it was allowed anew.
    await append(given.state, event("anew"));
    cookie.mockClear();
    return { entries: [event("far")], unit: "u" };
  };
  expect(await given.deliverer.deliver()).toBe(false);
  expect(cookie.mock.calls).toEqual([[""]]);
  expect(forget.mock.calls).toEqual([[device]]);
  expect((await rowsOf(given.state)).map(({ entry }) => entry.id)).toEqual(["anew"]);
  expect(given.state.meta.unit).toBeUndefined();
  given.answer = () => ({});
  expect(await given.deliverer.deliver()).toBe(false);
  expect(given.calls).toHaveLength(1);
});

test("a call that fails after a no is not tried again, and nothing is said of it", async () => {
  const said = consoleWarnings();
  const given = await delivery();
  const asked = waits(given);
  given.answer = () => {
    given.consent = {};
    throw refusal({ status: 503, wait: 1 });
  };
  expect(await given.deliverer.deliver()).toBe(false);
  expect([asked, said]).toEqual([[], []]);
});

test("who asks while a call waits for its turn is served by it; who asks during one, by the next", async () => {
  const given = await delivery();
  const [first, second] = [given.deliverer.deliver(), given.deliverer.deliver()];
  expect(second).toBe(first);
  await first;
  expect(given.calls).toHaveLength(1);
  given.answer = async () => {
    given.answer = () => ({});
    await append(given.state, event("late"));
    void given.deliverer.deliver();
    return {};
  };
  await given.deliverer.deliver();
  await given.deliverer.deliver();
  expect(given.calls.flatMap(({ entries }) => entries.map(({ id }) => id))).toEqual(["late"]);
});
