import { CUSTOMER } from "../../hooks/fields.ts";
import { json, type Email, type EmailSender } from "../email-sender.ts";

/** What a tag may be made of. */
const TAG = /^[\w-]{1,256}$/;

/** What the name of a template's variable may not be made of. */
const NOT_NAME = /\W/g;

/** https://resend.com/docs/api-reference/emails/send-email and …/docs/dashboard/emails/idempotency-keys */
export const resend: EmailSender = {
  api: "https://api.resend.com",
  call({ key, from, to, content, template, data, customer, journey, headers }, { EMAIL_API_KEY }) {
    const tags = [
      { name: CUSTOMER, value: customer ?? "" },
      { name: "journey", value: journey },
    ].filter(({ value }) => TAG.test(value));
    return {
      path: "/emails",
      ...json(
        {
          from,
          to: [to],
          ...(content ?? { template: { id: template, variables: variablesOf(data) } }),
          ...(headers && { headers }),
          tags,
        },
        { authorization: `Bearer ${EMAIL_API_KEY}`, "idempotency-key": key },
      ),
    };
  },
  // The key was used with other words: an earlier try has arrived, under another version of the worker.
  hasIt: (status, body) => status === 409 && body.includes("invalid_idempotent_request"),
  // An earlier try is still on its way.
  isPassing: (status, body) => status === 409 && body.includes("concurrent_idempotent_requests"),
};

/** A template's variables are texts and numbers: anything else is written out as JSON. */
function variablesOf(data: Email["data"]): Record<string, string | number> {
  const plain = Object.entries(data).map(([name, value]) => [
    name.replace(NOT_NAME, "_"),
    typeof value === "string" || typeof value === "number" ? value : JSON.stringify(value),
  ]);
  return Object.fromEntries(plain) as Record<string, string | number>;
}
