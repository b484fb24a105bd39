import type { Definition } from "@murmur/core";
import { DurableObject } from "cloudflare:workers";
import type { Env } from "../env.ts";

const KEY = "pushed";

/** A definition that was pushed to the running worker, and the hash of the one that it was deployed with by then. */
export interface Pushed {
  hash: string;
  definition: Definition;
  over: string;
}

/** What can be asked of the object. */
export interface DefinitionObjectFace {
  /**
   * What is in force over a deployed definition: nothing where none was pushed over it, `known` where it has that hash.
   */
  read(over: string, known: string): Promise<Pushed | "known" | undefined>;
  /**
   * Takes another one, unless what is in force has another hash than `expected`, which is answered then. What is in force already
   * stays so.
   */
  write(pushed: Pushed, expected: string | undefined): Promise<string | undefined>;
  /** Goes back to what was deployed. */
  clear(): Promise<void>;
}

/** The one definition that was pushed last. A later deployment of another one goes before it: what came last counts. */
export class DefinitionObject extends DurableObject<Env> implements DefinitionObjectFace {
  async read(over: string, known: string): Promise<Pushed | "known" | undefined> {
    const pushed = this.#pushed(over);
    return pushed?.hash === known ? "known" : pushed;
  }

  async write(pushed: Pushed, expected: string | undefined): Promise<string | undefined> {
    const before = this.#pushed(pushed.over)?.hash ?? pushed.over;
    // It is what its sender wants: the answer to an earlier try may have been lost.
    if (pushed.hash === before) return undefined;
    if (expected !== undefined && expected !== before) return before;
    this.ctx.storage.kv.put(KEY, pushed);
    return undefined;
  }

  async clear(): Promise<void> {
    this.ctx.storage.kv.delete(KEY);
  }

  #pushed(over: string): Pushed | undefined {
    const pushed = this.ctx.storage.kv.get<Pushed>(KEY);
    return pushed?.over === over ? pushed : undefined;
  }
}
