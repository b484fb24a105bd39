import {
  areHeaders,
  asJson,
  firstWrong,
  isAddress,
  isFields,
  isText,
  objectOf,
  stranger,
  type Fields,
  type ProviderAnswer,
  type ProviderApi,
} from "./provider-api.ts";

// https://www.twilio.com/docs/sendgrid/api-reference/mail-send/mail-send, …/mail-send/errors,
// …/how-to-use-the-sendgrid-v3-api/errors and its OpenAPI document, twilio/sendgrid-oai spec/json/tsg_mail_v3.json

const KNOWN = (
  "personalizations from reply_to reply_to_list subject content attachments template_id headers " +
  "categories custom_args send_at batch_id asm ip_pool_name mail_settings tracking_settings"
).split(" ");
const PERSONALIZATION =
  "from to cc bcc subject headers substitutions dynamic_template_data custom_args send_at".split(" ");
/** Headers that may not be given. */
const RESERVED =
  /(^|,)(x-sg-e?id|received|dkim-signature|content-(type|transfer-encoding)|to|from|subject|reply-to|b?cc)(,|$)/i;
const MOST_BYTES = 10_000;

const refusal = (status: number, message: string, field: string | null = null): ProviderAnswer =>
  asJson(status, { errors: [{ message, field, help: null }] });

export const sendgrid: ProviderApi = {
  wrong(call, key) {
    const { method, path, headers } = call;
    if (path !== "/v3/mail/send") return refusal(404, "not found");
    if (method !== "POST") return refusal(405, "method not allowed");
    if (!headers["authorization"]) return refusal(401, "authorization required");
    if (headers["authorization"] !== `Bearer ${key}`)
      return refusal(401, "The provided authorization grant is invalid, expired, or revoked");
    if (!headers["accept"])
      return refusal(406, "Missing Accept header. For example: Accept: application/json");
    if (!headers["content-type"]?.startsWith("application/json"))
      return refusal(415, "Content-Type should be application/json.");
    const fields = objectOf(call);
    if (!fields) return refusal(400, "Bad Request");
    const why = wrongIn(fields);
    return why === undefined ? undefined : refusal(400, why);
  },
  taken: (id) => ({ status: 202, headers: { "x-message-id": id } }),
  trouble(status) {
    if (status === 401) return refusal(401, "authorization required");
    // It says 400 to what others say 422 to.
    if (status === 422) return refusal(400, "The from email does not contain a valid address.", "from.email");
    if (status === 500) return refusal(500, "internal server error");
    const reset = `${Math.ceil(Date.now() / 1_000) + 17}`;
    const limits = { "x-ratelimit-limit": "600", "x-ratelimit-remaining": "0", "x-ratelimit-reset": reset };
    return { ...refusal(429, "too many requests"), headers: limits };
  },
};

function wrongIn(fields: Fields): string | undefined {
  const { personalizations, from, subject, content, template_id: template, categories = [] } = fields;
  const { headers = {} } = fields;
  const unknown = stranger(fields, KNOWN);
  const list: unknown[] = Array.isArray(personalizations) ? personalizations : [];
  return (
    firstWrong(
      [unknown === undefined, `Unknown field ${unknown}.`],
      [list.length > 0, "You must have at least one personalization."],
      [isFields(from) && isAddress(from["email"]), "The from email does not contain a valid address."],
      [isFields(from) && (from["name"] === undefined || typeof from["name"] === "string"), "from.name"],
      [areHeaders(headers) && !RESERVED.test(Object.keys(headers as Fields).join()), "Invalid headers."],
      [isCategories(categories), "The category names may not exceed 255 characters."],
      [template === undefined || isText(template), "The template_id must be a string."],
      [template !== undefined || isText(subject), "The subject is required."],
      [
        template !== undefined || isContent(content),
        "The content value must be a string at least one character.",
      ],
    ) ?? list.map((each) => wrongPerson(each, template)).find((why) => why !== undefined)
  );
}

function isCategories(value: unknown): boolean {
  return Array.isArray(value) && value.length <= 10 && value.every((name) => isText(name, 255));
}

function isContent(content: unknown): boolean {
  if (!Array.isArray(content) || content.length === 0) return false;
  const types = content.map((part: unknown) =>
    isFields(part) && isText(part["value"]) ? part["type"] : undefined,
  );
  // If present, text/plain and text/html may only be provided once, and in this order.
  return types.every((type) => isText(type)) && [...types].sort().reverse().join() === types.join();
}

function wrongPerson(person: unknown, template: unknown): string | undefined {
  if (!isFields(person)) return "The personalizations field must be an array of objects.";
  const { to, custom_args: args = {}, dynamic_template_data: data } = person;
  const unknown = stranger(person, PERSONALIZATION);
  const people: unknown[] = Array.isArray(to) ? to : [];
  const isDynamic = typeof template === "string" && template.startsWith("d-");
  return firstWrong(
    [unknown === undefined, `Unknown field ${unknown}.`],
    [people.length > 0, "The to parameter is required for all personalization objects."],
    [people.every((each) => isFields(each) && isAddress(each["email"])), "Does not contain a valid address."],
    [isFields(args) && Object.values(args).every((arg) => typeof arg === "string"), "custom_args"],
    [JSON.stringify(args).length <= MOST_BYTES, "custom_args may not exceed 10,000 bytes."],
    [data === undefined || (isDynamic && isFields(data)), "dynamic_template_data is for dynamic templates."],
  );
}
