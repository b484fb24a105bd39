import type { Definition, DefinitionIssue } from "@murmur/core";
import { UsageError } from "../terminal/usage-error.ts";

/** How long a worker may take to answer, ms. */
const PATIENCE = 30_000;

/** What is in force at a worker. */
export interface InForce {
  /** Of the whole definition: 16 hex digits. */
  hash: string;
  /** Whether the worker was deployed with it, or it was pushed later. */
  from: "deployed" | "pushed";
}

/** The worker understood, and does not do it. */
export class RefusedPush extends Error {
  readonly code: string;
  readonly issues: readonly DefinitionIssue[];

  constructor(code: string, message: string, issues: readonly DefinitionIssue[] = []) {
    super(message);
    this.code = code;
    this.issues = issues;
  }
}

/** A running worker, for its operator. */
export class EdgeDefinition {
  readonly #address: string;
  readonly #token: string;

  /** @throws UsageError when that is no address */
  constructor(url: string, token: string) {
    // `localhost:8787` parses, as an address with a scheme of that name.
    if (!/^https?:\/\//i.test(url) || !URL.canParse(url))
      throw new UsageError(
        `${url === "" ? "an empty text" : url} is no address: write https://murmur.example`,
      );
    this.#address = new URL("/v1/admin/definition", url).href;
    if (!/^[\x21-\x7e]+$/.test(token))
      throw new UsageError(
        "the token has blanks or letters in it that none has: was it copied whole, and alone?",
      );
    this.#token = token;
  }

  async read(): Promise<InForce & { definition: Definition }> {
    return (await this.#ask("GET")) as InForce & { definition: Definition };
  }

  /** Puts a definition in force, if the one of that hash still is. */
  async write(definition: Definition, expected: string): Promise<InForce> {
    return (await this.#ask("PUT", { definition, expected })) as InForce;
  }

  /** Goes back to what the worker was deployed with. */
  async clear(): Promise<InForce> {
    return (await this.#ask("DELETE")) as InForce;
  }

  async #ask(method: string, body?: object): Promise<unknown> {
    let response: Response;
    try {
      response = await fetch(this.#address, {
        method,
        headers: { authorization: `Bearer ${this.#token}`, "content-type": "application/json" },
        signal: AbortSignal.timeout(PATIENCE),
        // Elsewhere the token would not go along, and a change not be one.
        redirect: "manual",
        ...(body && { body: JSON.stringify(body) }),
      });
    } catch (error) {
      const { cause, message } = error as Error & { cause?: { code?: string } };
      throw new UsageError(
        `${this.#address} does not answer (${cause?.code ?? message}): is the worker running there?`,
      );
    }
    const answer = (await response.json().catch(() => ({}))) as {
      hash?: unknown;
      code?: string;
      detail?: string;
      errors?: DefinitionIssue[];
    };
    const elsewhere = response.headers.get("location");
    if (elsewhere !== null && response.status >= 300 && response.status < 400)
      throw new UsageError(
        `${this.#address} leads on to ${elsewhere}: name the worker's own address, --url ${new URL(elsewhere, this.#address).origin}`,
      );
    // A shop may answer any path with a page of its own.
    if (response.ok && typeof answer.hash === "string") return answer;
    if (response.status === 401)
      throw new UsageError("the worker does not take this token: set MURMUR_ADMIN_TOKEN to its ADMIN_TOKEN");
    if (response.ok || response.status === 404)
      throw new UsageError(
        answer.detail?.includes("DEFINITION")
          ? answer.detail
          : `${this.#address} is no address of a worker that takes definitions: deploy this version of it first`,
      );
    throw new RefusedPush(
      answer.code ?? `${response.status}`,
      answer.detail ?? response.statusText,
      answer.errors,
    );
  }
}
