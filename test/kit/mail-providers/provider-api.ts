/** A call as it arrived. Names of headers are in small letters. */
export interface ProviderCall {
  method: string;
  path: string;
  headers: Readonly<Record<string, string>>;
  body: string;
}

export interface ProviderAnswer {
  status: number;
  headers?: Readonly<Record<string, string>>;
  body?: string;
}

/** The statuses that providers have in common, beside the one with which a wrong call is refused. */
export type Trouble = 401 | 422 | 429 | 500;

/** One provider's API, as its documentation describes it. */
export interface ProviderApi {
  /** What is wrong with a call; nothing where it is as it should be. `key` is the shop's key of the API. */
  wrong(call: ProviderCall, key: string): ProviderAnswer | undefined;
  /** What it answers when it takes a message, to which it gives this id. */
  taken(id: string, call: ProviderCall): ProviderAnswer;
  /** How it says that something is the matter, whatever the call. */
  trouble(status: Trouble): ProviderAnswer;
  /** What makes a repeated call the same message, where it knows such a thing. */
  once?(call: ProviderCall): string | undefined;
  /** What it says to a message that it has under that key with another body, where it compares them. */
  clash?: ProviderAnswer;
}

/** A call, and what it was answered. */
export interface Arrived extends ProviderCall {
  status: number;
  /** When it came, ms. */
  at: number;
  /** The message that it is; none where it was not taken. Calls that the provider takes for one have the same. */
  message?: string;
}

/**
 * What a provider is to answer next, in turn: a trouble in its own words, or something else; or what it should (`right`), or
 * that, but nobody hears it (`lost`). Behind it, it works again.
 */
export type Planned = Trouble | "right" | "lost" | ProviderAnswer;

declare module "vitest" {
  interface ProvidedContext {
    /** The address of the local providers. */
    mailProviders: string;
  }
}

export const asJson = (
  status: number,
  body: object,
  headers: Readonly<Record<string, string>> = {},
): ProviderAnswer => ({
  status,
  headers: { "content-type": "application/json", ...headers },
  body: JSON.stringify(body),
});

/** The body of a call as an object; undefined where it is none. */
export function objectOf({ body }: ProviderCall): Fields | undefined {
  try {
    const said: unknown = JSON.parse(body);
    return isFields(said) ? said : undefined;
  } catch {
    return undefined;
  }
}

export type Fields = Readonly<Record<string, unknown>>;

export const isFields = (value: unknown): value is Fields =>
  typeof value === "object" && value !== null && !Array.isArray(value);

/** A text with something in it, of no more than `most` characters. */
export const isText = (value: unknown, most = Infinity): value is string =>
  typeof value === "string" && value.length > 0 && value.length <= most;

/** An address, alone or as `Tarnfell <shop@tarnfell.example>`. */
export const isMailbox = (value: unknown): boolean =>
  typeof value === "string" && /^(?:[^<>]*<[^\s<>@]+@[^\s<>@]+>|[^\s<>@]+@[^\s<>@]+)$/.test(value);

/** An address alone. */
export const isAddress = (value: unknown): boolean =>
  typeof value === "string" && /^[^\s<>@]+@[^\s<>@]+$/.test(value);

/** The first member that the documentation does not know. */
export const stranger = (fields: Fields, known: readonly string[]): string | undefined =>
  Object.keys(fields).find((name) => !known.includes(name));

/** The first of several things that are to hold, and do not. */
export const firstWrong = (...checks: readonly (readonly [boolean, string])[]): string | undefined =>
  checks.find(([holds]) => !holds)?.[1];

/** An e-mail's own headers: names and values in ASCII, and on one line each. */
export const areHeaders = (value: unknown): boolean =>
  isFields(value) &&
  Object.entries(value).every(
    ([name, each]) => /^[!-9;-~]+$/.test(name) && typeof each === "string" && /^[ -~]+$/.test(each),
  );
