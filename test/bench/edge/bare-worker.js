import { DurableObject } from "cloudflare:workers";

/** The least that a worker with a profile of its own for each caller can do: one row, on disk before it is acknowledged. */
export class Bare extends DurableObject {
  constructor(state, env) {
    super(state, env);
    state.storage.sql.exec("CREATE TABLE IF NOT EXISTS row (n INTEGER PRIMARY KEY, body TEXT NOT NULL)");
  }

  insert(body) {
    return this.ctx.storage.sql.exec("INSERT INTO row (body) VALUES (?) RETURNING n", body).one().n;
  }
}

export default {
  async fetch(request, env) {
    const name = new URL(request.url).pathname;
    const stub = env.BARE.get(env.BARE.idFromName(name));
    return Response.json({ n: await stub.insert(await request.text()) });
  },
};
