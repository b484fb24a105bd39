import { env } from "cloudflare:test";
import { profileStub, type ProfileAddress } from "../../src/profile/profile-address.ts";
import { newDevice, sync, token } from "./call.ts";
import { klaviyoEvent, MAILGUN_OPENED, POSTMARK_OPEN, SENDGRID_BATCH, SES } from "./hook-payloads.ts";
import {
  callHook,
  KLAVIYO_WEBHOOK,
  mailgunBody,
  signedHook,
  signGeneric,
  signKlaviyo,
  signPostmark,
  signSendgrid,
  type HookReply,
} from "./hook-signers.ts";
import { amazon, signedSns } from "./sns-signer.ts";

/** The answer to a call that brought nothing. */
export const NOTHING = { accepted: 0, duplicates: 0, ignored: 0, unknown: 0, rejected: [] };

/** A customer who has signed in with an address, on a device of theirs. */
export async function customer() {
  const id = crypto.randomUUID();
  const [device, email] = [newDevice(), `${id}@shop.example`];
  const identity = await token(id);
  const traits = { email: email.toUpperCase() };
  const identify = { type: "identify", id: crypto.randomUUID(), timestamp: Date.now(), traits };
  const consent = { analytics: true, personalization: true, marketing: true };
  await sync(device, [identify], { identity, consent });
  return { id, email, device };
}

/** What a profile's log holds of e-mails. */
export async function mails(address: ProfileAddress) {
  const page = await profileStub(env, address).page(0, 10_000);
  return page
    .map(({ entry }) => entry)
    .filter((entry) => entry.type === "event")
    .filter(({ id }) => id.includes(":"));
}

export function names(entries: readonly { name: string }[]): string[] {
  return entries.map(({ name }) => name);
}

export const recently = () => new Date(Date.now() - 60_000).toISOString();
export const recentSeconds = () => Math.floor(Date.now() / 1_000) - 60;

interface Whom {
  id?: string;
  email?: string;
}

/** An open of each provider's, as its documentation prints it: of a message to `email`, with the customer's id in its metadata. */
export const OPENS: Readonly<Record<string, (whom: Whom) => Promise<HookReply>>> = {
  sendgrid: ({ id, email }) =>
    signedHook("sendgrid", signSendgrid, [
      {
        ...SENDGRID_BATCH[3],
        timestamp: recentSeconds(),
        sg_event_id: `open-${id}${email}`,
        ...(email && { email }),
        ...(id && { customer_id: id }),
      },
    ]),
  mailgun: async ({ id, email }) =>
    callHook(
      "mailgun",
      await mailgunBody({
        ...MAILGUN_OPENED,
        id: `open-${id}${email}`,
        timestamp: recentSeconds() + 0.873676,
        ...(email && { recipient: email }),
        "user-variables": id ? { customer_id: id } : {},
      }),
    ),
  postmark: ({ id, email }) =>
    signedHook("postmark", signPostmark, {
      ...POSTMARK_OPEN,
      ReceivedAt: "2026-11-05T16:33:54.9070259Z",
      MessageID: `message-${id}${email}`,
      ...(email && { Recipient: email }),
      Metadata: id ? { customer_id: id } : {},
    }),
  klaviyo: ({ id, email }) =>
    signedHook("klaviyo", signKlaviyo, {
      data: [
        {
          ...klaviyoEvent("opened_email", {}, { ...(id && { external_id: id }), ...(email && { email }) }),
          external_id: `open-${id}${email}`,
        },
      ].map((event) => ({
        ...event,
        payload: {
          ...event.payload,
          data: { attributes: { ...event.payload.data.attributes, datetime: recently() } },
        },
      })),
      meta: { klaviyo_account_id: "XyZ", klaviyo_webhook_id: KLAVIYO_WEBHOOK, timestamp: recently() },
    }),
  ses: async ({ id, email }) => {
    amazon();
    const open = { ...SES.open.open, timestamp: "2026-11-05T22:00:19.652Z" };
    const mail = {
      ...SES.open.mail,
      messageId: `message-${id}${email}`,
      ...(email && { destination: [email] }),
      tags: id ? { customer_id: [id] } : {},
    };
    const Message = JSON.stringify({ ...SES.open, open, mail });
    return callHook("ses", JSON.stringify(await signedSns({ Message })));
  },
  generic: ({ id, email }) =>
    signedHook("generic", signGeneric, {
      events: [
        {
          id: `open-${id}${email}`,
          event: "Email Opened",
          timestamp: recently(),
          ...(email && { email }),
          ...(id && { customer_id: id }),
        },
      ],
    }),
};
