import { DurableObject } from "cloudflare:workers";
import type { Env } from "../env.ts";

/** What can be asked of a shard of used tokens. */
export interface HookTokensObject {
  take(token: string, body: string, until: number): Promise<boolean>;
  useUp(token: string): Promise<void>;
}

/** A shard of the tokens that webhooks have used, each kept until its signature is too old by itself. */
export class HookTokens extends DurableObject<Env> implements HookTokensObject {
  readonly #sql: SqlStorage;

  constructor(state: DurableObjectState, env: Env) {
    super(state, env);
    this.#sql = state.storage.sql;
    this.#sql.exec(
      `CREATE TABLE IF NOT EXISTS token
         (token TEXT PRIMARY KEY, body TEXT NOT NULL, until INTEGER NOT NULL, used INTEGER NOT NULL DEFAULT 0) WITHOUT ROWID`,
    );
  }

  async take(token: string, body: string, until: number): Promise<boolean> {
    this.#sql.exec("DELETE FROM token WHERE until < ?", Date.now());
    this.#sql.exec("INSERT OR IGNORE INTO token (token, body, until) VALUES (?, ?, ?)", token, body, until);
    const taken = this.#sql.exec(
      "SELECT 1 FROM token WHERE token = ? AND body = ? AND used = 0",
      token,
      body,
    );
    return taken.toArray().length === 1;
  }

  async useUp(token: string): Promise<void> {
    this.#sql.exec("UPDATE token SET used = 1 WHERE token = ?", token);
  }
}
