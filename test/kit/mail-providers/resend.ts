import {
  areHeaders,
  asJson,
  firstWrong,
  isFields,
  isMailbox,
  isText,
  objectOf,
  stranger,
  type Fields,
  type ProviderAnswer,
  type ProviderApi,
} from "./provider-api.ts";

// https://resend.com/docs/api-reference/emails/send-email, …/api-reference/errors, …/dashboard/emails/idempotency-keys

const KNOWN =
  "from to subject bcc cc reply_to html text template headers topic_id attachments tags scheduled_at".split(
    " ",
  );
const WORD = /^[\w-]{1,256}$/;
const VARIABLE = /^\w{1,50}$/;

const refusal = (status: number, name: string, message: string): ProviderAnswer =>
  asJson(status, { statusCode: status, name, message });

export const resend: ProviderApi = {
  wrong(call, key) {
    const { method, path, headers } = call;
    if (method !== "POST" || path !== "/emails")
      return refusal(404, "not_found", "The endpoint does not exist.");
    if (!headers["authorization"]) return refusal(401, "missing_api_key", "Missing API Key");
    if (headers["authorization"] !== `Bearer ${key}`)
      return refusal(401, "validation_error", "API key is invalid");
    const once = headers["idempotency-key"];
    if (once !== undefined && !isText(once, 256))
      return refusal(400, "invalid_idempotency_key", "The key must be between 1-256 chars.");
    const fields = objectOf(call);
    if (!headers["content-type"]?.startsWith("application/json") || !fields)
      return refusal(400, "validation_error", "The body is no JSON.");
    const why = wrongIn(fields);
    return why === undefined ? undefined : refusal(422, "validation_error", why);
  },
  taken: (id) => asJson(200, { id }),
  trouble(status) {
    if (status === 401) return refusal(401, "validation_error", "API key is invalid");
    if (status === 422) return refusal(422, "invalid_from_address", "Invalid `from` field.");
    if (status === 500) return refusal(500, "internal_server_error", "An unexpected error occurred.");
    const limits = { "ratelimit-limit": "5", "ratelimit-remaining": "0", "retry-after": "17" };
    return { ...refusal(429, "rate_limit_exceeded", "Too many requests."), headers: limits };
  },
  once: ({ headers }) => headers["idempotency-key"],
  clash: refusal(
    409,
    "invalid_idempotent_request",
    "Same idempotency key used with a different request payload.",
  ),
};

function wrongIn(fields: Fields): string | undefined {
  const { from, to, subject, html, text, template, tags = [], headers = {} } = fields;
  const unknown = stranger(fields, KNOWN);
  const people: unknown[] = Array.isArray(to) ? to : [to];
  return (
    firstWrong(
      [unknown === undefined, `Unknown field ${unknown}.`],
      [isMailbox(from), "Invalid `from` field."],
      [areHeaders(headers), "Invalid `headers` field."],
      [people.length > 0 && people.length <= 50 && people.every(isMailbox), "Invalid `to` field."],
      [Array.isArray(tags) && tags.every(isTag), "Tags should only contain ASCII letters, numbers, _ or -."],
    ) ??
    (template === undefined
      ? firstWrong(
          [isText(subject), "Missing `subject` field."],
          [isText(html) || isText(text), "Missing `html` or `text` field."],
          [html === undefined || typeof html === "string", "Invalid `html` field."],
          [text === undefined || typeof text === "string", "Invalid `text` field."],
        )
      : firstWrong(
          [html === undefined && text === undefined, "A template has words of its own."],
          [isTemplate(template), "Invalid `template` field."],
        ))
  );
}

const isTag = (tag: unknown): boolean =>
  isFields(tag) &&
  ["name", "value"].every((key) => WORD.test(String(tag[key])) && typeof tag[key] === "string");

function isTemplate(template: unknown): boolean {
  if (!isFields(template) || !isText(template["id"])) return false;
  const { variables = {} } = template;
  return (
    isFields(variables) &&
    Object.entries(variables).every(
      ([name, value]) =>
        VARIABLE.test(name) &&
        (Number.isFinite(value) || (typeof value === "string" && value.length <= 2_000)),
    )
  );
}
