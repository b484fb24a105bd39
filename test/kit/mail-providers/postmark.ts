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

// https://postmarkapp.com/developer/api/email-api, …/api/templates-api, …/api/overview (its codes of errors),
// https://postmarkapp.com/support/article/1125-custom-metadata-faq

const COMMON =
  "From To Cc Bcc Tag ReplyTo Headers TrackOpens TrackLinks Metadata Attachments MessageStream".split(" ");
const WORDS = ["Subject", "HtmlBody", "TextBody"];
const TEMPLATE = ["TemplateId", "TemplateAlias", "TemplateModel", "InlineCss"];
const STREAMS: ReadonlySet<unknown> = new Set(["broadcast", "outbound"]);

const refusal = (status: number, ErrorCode: number, Message: string): ProviderAnswer =>
  asJson(status, { ErrorCode, Message });

export const postmark: ProviderApi = {
  wrong(call, key) {
    const { method, path, headers } = call;
    if (method !== "POST" || !["/email", "/email/withTemplate"].includes(path)) return { status: 404 };
    if (headers["x-postmark-server-token"] !== key)
      return refusal(401, 10, "The Server Token you provided in the X-Postmark-Server-Token is not right.");
    if (!headers["content-type"]?.startsWith("application/json") || headers["accept"] !== "application/json")
      return refusal(422, 409, "The request does not have the right Accept or Content-Type headers.");
    const fields = objectOf(call);
    if (!fields) return refusal(422, 402, "The JSON you provided is syntactically incorrect.");
    const why = path === "/email" ? wrongWords(fields) : wrongTemplate(fields);
    return why === undefined ? undefined : refusal(422, 300, why);
  },
  taken(MessageID, call) {
    const { To } = objectOf(call)!;
    return asJson(200, { To, SubmittedAt: new Date().toISOString(), MessageID, ErrorCode: 0, Message: "OK" });
  },
  trouble(status) {
    if (status === 401) return refusal(401, 10, "Bad or missing API token.");
    if (status === 422)
      return refusal(422, 406, "You tried to send to a recipient that is marked as inactive.");
    if (status === 429) return refusal(429, 429, "Rate limit exceeded.");
    return refusal(500, 100, "Internal server error.");
  },
};

function wrongWords(fields: Fields): string | undefined {
  const unknown = stranger(fields, [...COMMON, ...WORDS]);
  const { Subject, HtmlBody, TextBody } = fields;
  return (
    firstWrong(
      [unknown === undefined, `Unknown field ${unknown}.`],
      [isText(Subject, 2_000), "Zero or too long Subject."],
      [isText(HtmlBody) || isText(TextBody), "Provide either email TextBody or HtmlBody or both."],
      [HtmlBody === undefined || typeof HtmlBody === "string", "Invalid HtmlBody."],
      [TextBody === undefined || typeof TextBody === "string", "Invalid TextBody."],
    ) ?? wrongRest(fields)
  );
}

function wrongTemplate(fields: Fields): string | undefined {
  const unknown = stranger(fields, [...COMMON, ...TEMPLATE]);
  const { TemplateId, TemplateAlias, TemplateModel } = fields;
  return (
    firstWrong(
      [unknown === undefined, `Unknown field ${unknown}.`],
      [Number.isInteger(TemplateId) !== isText(TemplateAlias), "TemplateId, or TemplateAlias."],
      [isFields(TemplateModel), "Missing TemplateModel."],
    ) ?? wrongRest(fields)
  );
}

function wrongRest({
  From,
  To,
  Tag,
  Metadata = {},
  MessageStream,
  Headers = [],
}: Fields): string | undefined {
  const metadata = isFields(Metadata) ? Object.entries(Metadata) : undefined;
  return firstWrong(
    [isMailbox(From), "Invalid 'From' address."],
    [isMailbox(To), "Invalid 'To' address."],
    [Tag === undefined || isText(Tag, 1_000), "Invalid Tag."],
    [metadata !== undefined && metadata.length <= 10, "Invalid Metadata."],
    [metadata?.every(([name]) => isText(name, 20)) === true, "A name of Metadata is too long."],
    [metadata?.every(([, value]) => isText(value, 80)) === true, "A value of Metadata is too long."],
    [Array.isArray(Headers) && Headers.every(isHeader), "Invalid Headers."],
    [STREAMS.has(MessageStream), "The 'MessageStream' provided does not exist."],
  );
}

const isHeader = (header: unknown): boolean =>
  isFields(header) &&
  stranger(header, ["Name", "Value"]) === undefined &&
  areHeaders({ [String(header["Name"])]: header["Value"] });
