import type { EmailSender } from "../email-sender.ts";

/** The revision of its API that this is written for. */
const REVISION = "2026-10-15";

/**
 * https://developers.klaviyo.com/en/reference/create_event: an event by which a flow of the shop's sends the mail. The metric
 * is named after the template; its flow has Klaviyo's own way to leave, headers and all. `unique_id` is what makes a repeated event one.
 */
export const klaviyo: EmailSender = {
  api: "https://a.klaviyo.com",
  call({ key, to, content, template, data, customer, journey, dueAt }, { EMAIL_API_KEY }) {
    const attributes = {
      unique_id: key,
      time: new Date(dueAt).toISOString(),
      properties: { ...data, ...content, journey },
      metric: { data: { type: "metric", attributes: { name: template } } },
      profile: {
        data: {
          type: "profile",
          attributes: { email: to, ...(customer !== undefined && { external_id: customer }) },
        },
      },
    };
    return {
      path: "/api/events",
      headers: {
        authorization: `Klaviyo-API-Key ${EMAIL_API_KEY}`,
        revision: REVISION,
        accept: "application/vnd.api+json",
        "content-type": "application/vnd.api+json",
      },
      body: JSON.stringify({ data: { type: "event", attributes } }),
    };
  },
};
