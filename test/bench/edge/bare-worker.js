import { DurableObject } from "cloudflare:workers";

/** How late each alarm has stored its row, ms. */
const lags = [];

/** The least that a worker with a profile of its own for each caller can do: one row, on disk before it is acknowledged. */
export class Bare extends DurableObject {
  constructor(state, env) {
    super(state, env);
    state.storage.sql.exec("CREATE TABLE IF NOT EXISTS row (n INTEGER PRIMARY KEY, body TEXT NOT NULL)");
  }

  /** With `due`, ms, an alarm then inserts one row more. */
  insert(body, due) {
    if (due > 0) this.ctx.storage.setAlarm(due);
    return this.ctx.storage.sql.exec("INSERT INTO row (body) VALUES (?) RETURNING n", body).one().n;
  }

  /** The least that a page can ask. */
  look() {
    return { slots: {} };
  }

  async alarm({ scheduledTime }) {
    this.ctx.storage.sql.exec("INSERT INTO row (body) VALUES (?)", "alarm");
    await this.ctx.storage.sync();
    lags.push(Date.now() - scheduledTime);
  }
}

/** Reads a page for its slots, and leaves them as they are. */
function readPage(page) {
  return new HTMLRewriter().on("[data-murmur-slot]", { element() {} }).transform(page);
}

/** Has a page pass through JavaScript, in pieces as large as they come. */
function throughScript(page) {
  const { readable, writable } = new IdentityTransformStream();
  const [from, to] = [page.body.getReader({ mode: "byob" }), writable.getWriter()];
  const pass = async () => {
    for (let buffer = new ArrayBuffer(131_072); ;) {
      const { done, value } = await from.read(new Uint8Array(buffer));
      if (done) return to.close();
      await to.write(value);
      buffer = value.buffer;
    }
  };
  pass().catch(() => {});
  return new Response(readable, page);
}

/** Passes the shop's page on; with `ask`, asks an object meanwhile; with `read`, reads it, with `script`, in JavaScript. */
async function passOn(request, env, how) {
  const page = env.ORIGIN_SERVICE.fetch(request);
  if (how.has("ask")) await env.BARE.get(env.BARE.idFromName(how.get("ask"))).look();
  if (how.has("script")) return throughScript(await page);
  return how.has("read") ? readPage(await page) : page;
}

export default {
  async fetch(request, env) {
    const { pathname, searchParams } = new URL(request.url);
    if (pathname === "/page") return passOn(request, env, searchParams);
    if (pathname === "/lags") return Response.json(lags.splice(0));
    const stub = env.BARE.get(env.BARE.idFromName(pathname));
    return Response.json({ n: await stub.insert(await request.text(), Number(searchParams.get("due"))) });
  },
};
