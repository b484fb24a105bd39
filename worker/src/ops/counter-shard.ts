import { DurableObject } from "cloudflare:workers";
import type { Env } from "../env.ts";
import { sumOf, type Counts } from "./counts.ts";

const KEY = "counts";

/** What can be asked of a counter shard. */
export interface CounterShardObject {
  add(counts: Counts): Promise<void>;
  read(): Promise<Counts>;
}

/** A part of what all isolates have counted: it adds up, and knows nothing of what. */
export class CounterShard extends DurableObject<Env> implements CounterShardObject {
  async add(counts: Counts): Promise<void> {
    // All of it is one value: one row is written, however many series there are.
    this.ctx.storage.kv.put(KEY, sumOf([await this.read(), counts]));
  }

  async read(): Promise<Counts> {
    return this.ctx.storage.kv.get<Counts>(KEY) ?? {};
  }
}
