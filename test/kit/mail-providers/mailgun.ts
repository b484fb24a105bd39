import { asJson, firstWrong, isMailbox, type ProviderAnswer, type ProviderApi } from "./provider-api.ts";

// https://documentation.mailgun.com/docs/mailgun/api-reference/send/mailgun/messages, …/user-manual/sending-messages,
// …/user-manual/sending-messages/send-templates

const PATH = /^\/v3\/[\w.-]+\.[\w-]+\/messages$/;
const KNOWN =
  /^(from|to|cc|bcc|subject|text|html|amp-html|attachment|inline|template|t:[a-z]+|o:[a-z-]+|h:[\w-]+|v:[\w-]+|recipient-variables)$/;
/** ASCII alone, 128 characters at most. */
const TAG = /^[\x20-\x7e]{1,128}$/;

const refusal = (status: number, message: string): ProviderAnswer => asJson(status, { message });

export const mailgun: ProviderApi = {
  wrong({ method, path, headers, body }, key) {
    if (method !== "POST" || !PATH.test(path)) return refusal(404, "Domain not found");
    if (headers["authorization"] !== `Basic ${btoa(`api:${key}`)}`) return { status: 401, body: "Forbidden" };
    if (headers["content-type"] !== "application/x-www-form-urlencoded")
      return refusal(400, "from parameter is missing");
    const why = wrongIn(new URLSearchParams(body));
    return why === undefined ? undefined : refusal(400, why);
  },
  taken: (id) => asJson(200, { id: `<${id}@mg.tarnfell.example>`, message: "Queued. Thank you." }),
  trouble(status) {
    if (status === 401) return { status: 401, body: "Forbidden" };
    // It says 400 to what others say 422 to.
    if (status === 422)
      return refusal(400, "to parameter is not a valid address. please check documentation");
    if (status === 500) return refusal(500, "Internal Server Error");
    return asJson(429, { message: "Too many requests" }, { "retry-after": "17" });
  },
};

function wrongIn(form: URLSearchParams): string | undefined {
  const get = (name: string): string => form.get(name) ?? "";
  const unknown = [...form.keys()].find((name) => !KNOWN.test(name));
  const hasWords = ["text", "html", "amp-html", "template"].some((name) => get(name) !== "");
  return firstWrong(
    [unknown === undefined, `unknown parameter ${unknown}`],
    [form.has("from"), "from parameter is missing"],
    [isMailbox(get("from")), "from parameter is not a valid address. please check documentation"],
    [form.has("to"), "to parameter is missing"],
    [isMailbox(get("to")), "to parameter is not a valid address. please check documentation"],
    // A template has one of its own, among its headers.
    [get("subject") !== "" || get("template") !== "", "subject parameter is missing"],
    [hasWords, "Need at least one of 'text', 'html', 'amp-html' or 'template' parameters specified"],
    [
      form.getAll("o:tag").length <= 3 && form.getAll("o:tag").every((tag) => TAG.test(tag)),
      "o:tag is not valid",
    ],
    [!form.has("t:variables") || isVariables(get("t:variables")), "t:variables is not valid JSON"],
  );
}

function isVariables(text: string): boolean {
  try {
    const said: unknown = JSON.parse(text);
    return typeof said === "object" && said !== null && !Array.isArray(said);
  } catch {
    return false;
  }
}
