import {
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

// https://developers.klaviyo.com/en/reference/create_event, …/reference/api_overview (its errors and limits) and its OpenAPI
// document, klaviyo/openapi openapi/stable/apis/create_event.json

const ATTRIBUTES = "properties time value value_currency unique_id backfill metric profile".split(" ");
const PROFILE = (
  "email phone_number external_id anonymous_id _kx first_name last_name organization locale title " +
  "image location properties meta"
).split(" ");
const INSTANT = /^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(\.\d+)?(Z|[+-]\d\d:\d\d)$/;
const MOST_CHARACTERS = 100_000;

const refusal = (
  status: number,
  code: string,
  detail: string,
  headers: Readonly<Record<string, string>> = {},
): ProviderAnswer => ({
  status,
  headers: { "content-type": "application/vnd.api+json", ...headers },
  body: JSON.stringify({
    errors: [{ id: "8f145b8b-43ae-401f-9cee-15983ceaa522", status, code, title: code, detail, source: {} }],
  }),
});

export const klaviyo: ProviderApi = {
  wrong(call, key) {
    const { method, path, headers } = call;
    if (path.replace(/\/$/, "") !== "/api/events") return refusal(404, "not_found", "Not found.");
    if (method !== "POST") return refusal(405, "method_not_allowed", `Method "${method}" not allowed.`);
    if (!headers["authorization"]?.startsWith("Klaviyo-API-Key "))
      return refusal(401, "not_authenticated", "Authentication credentials were not provided.");
    if (headers["authorization"] !== `Klaviyo-API-Key ${key}`)
      return refusal(401, "authentication_failed", "Incorrect authentication credentials.");
    if (!/^\d{4}-\d\d-\d\d(\.\w+)?$/.test(headers["revision"] ?? ""))
      return refusal(400, "invalid", "A valid revision must be included.");
    if (headers["content-type"] !== "application/vnd.api+json")
      return refusal(415, "unsupported_media_type", "Unsupported media type in request.");
    const why = wrongIn(objectOf(call));
    return why === undefined ? undefined : refusal(400, "invalid", why);
  },
  taken: () => ({ status: 202 }),
  trouble(status) {
    if (status === 401) return refusal(401, "authentication_failed", "Incorrect authentication credentials.");
    // It says 400 to what others say 422 to.
    if (status === 422) return refusal(400, "invalid", "Invalid email address.");
    if (status === 500) return refusal(500, "error", "A server error occurred.");
    return refusal(429, "throttled", "Request was throttled.", { "retry-after": "17" });
  },
  // For one profile and metric; the key has both in it.
  once: (call) => {
    const { data } = objectOf(call) as { data: { attributes: { unique_id?: string } } };
    return data.attributes.unique_id;
  },
};

function wrongIn(said: Fields | undefined): string | undefined {
  const attributes = resource(said?.["data"], "event");
  if (!attributes) return "`data` must be of type event, with attributes.";
  const { properties, time, unique_id: once, metric, profile } = attributes;
  const named = isFields(metric) ? resource(metric["data"], "metric") : undefined;
  const person = isFields(profile) ? resource(profile["data"], "profile") : undefined;
  const unknown = stranger(attributes, ATTRIBUTES) ?? (person && stranger(person, PROFILE));
  return firstWrong(
    [unknown === undefined, `Unknown attribute ${unknown}.`],
    [
      isFields(properties) && isWithinLimits(properties),
      "`properties` is a required field for the resource event.",
    ],
    [time === undefined || (typeof time === "string" && INSTANT.test(time)), "`time` must be a date-time."],
    [once === undefined || isText(once), "`unique_id` must be a string."],
    [isText(named?.["name"], 127), "`name` is a required field for the resource metric."],
    [
      person !== undefined && Object.values(person).some((id) => id !== undefined),
      "One identifier at least.",
    ],
    [person?.["email"] === undefined || isAddress(person["email"]), "Invalid email address."],
    [person?.["external_id"] === undefined || isText(person["external_id"]), "Invalid external_id."],
  );
}

function resource(data: unknown, type: string): Fields | undefined {
  if (!isFields(data) || data["type"] !== type) return undefined;
  return isFields(data["attributes"]) ? data["attributes"] : undefined;
}

function isWithinLimits(properties: Fields): boolean {
  const values = Object.values(properties);
  return (
    values.length <= 400 &&
    values.every((value) => typeof value !== "string" || value.length <= MOST_CHARACTERS)
  );
}
