import type { WebhookCall } from "./outbox/outflow.ts";

/** Bindings and settings of the worker, as wrangler.toml and `wrangler secret` give them. */
export interface Env {
  PROFILE: DurableObjectNamespace;
  /** Whose an e-mail address is, by its hash. */
  EMAIL_OWNER: DurableObjectNamespace;
  /** Tokens that webhooks have used. */
  HOOK_TOKENS: DurableObjectNamespace;
  /** Who is in which segment, by shards. */
  AUDIENCE: DurableObjectNamespace;
  /** What profiles contribute to experiments, by shards. */
  EXPERIMENTS: DurableObjectNamespace;
  /** The shares of bandits' variants. */
  BANDITS: DurableObjectNamespace;
  /** What is counted, by shards. */
  COUNTERS: DurableObjectNamespace;
  /** The same for Workers Analytics Engine, where a dataset is bound. */
  ANALYTICS?: AnalyticsEngineDataset;
  /** The definition that was pushed; without it, the one that the worker was deployed with stays in force. */
  DEFINITION?: DurableObjectNamespace;
  /** Webhooks to the shop's receiver, on their way. */
  WEBHOOKS?: Queue<WebhookCall>;
  /** Where `Audience Entered` and `Audience Exited` go; without one they are not made. */
  WEBHOOK_URL?: string;
  /** The secret that they are signed with: `whsec_` and base64 of random bytes, 24 or more. */
  WEBHOOK_SECRET?: string;
  /** Where it goes at once what no receiver will ever take. */
  DEAD_WEBHOOKS?: Queue<WebhookCall>;
  /** Receivers that journeys call, by name: a JSON object of addresses. They go before those of the definition. */
  WEBHOOK_RECEIVERS?: string;
  /** Who sends the e-mails of journeys: resend, postmark, sendgrid, mailgun or klaviyo. */
  EMAIL_PROVIDER?: string;
  /** Whom they are from, as `Tarnfell <shop@tarnfell.example>`. */
  EMAIL_FROM?: string;
  /** The provider's key: Resend's, SendGrid's and Mailgun's API key, Postmark's server token, Klaviyo's private key. */
  EMAIL_API_KEY?: string;
  /** Another address of the provider's API, as `https://api.eu.mailgun.net`. */
  EMAIL_API_URL?: string;
  /** The domain that Mailgun sends from. */
  MAILGUN_DOMAIN?: string;
  /** The message stream at Postmark; `broadcast` without it. */
  POSTMARK_STREAM?: string;
  /** The worker's own address, as `https://edge.shop.example`: there e-mails lead who wants no more of them. */
  EDGE_URL?: string;
  /** Origins of the pages that may call, separated by commas; the worker's own always may. */
  ALLOWED_ORIGINS?: string;
  /** Entries that one device may send a minute; 600 by default. */
  EVENTS_PER_MINUTE?: string;
  /** Every how many minutes the shares of bandits' variants are computed anew; 10 by default. */
  BANDIT_MINUTES?: string;
  /** The site of the shop and the worker, as `shop.example`: there the device's cookie is renewed. Without it, it is not. */
  COOKIE_DOMAIN?: string;
  /** Where the shop's pages come from, when the worker stands in front of them: a URL, or another worker. */
  ORIGIN?: string;
  ORIGIN_SERVICE?: Fetcher;
  /** What those pages' visitors allow before they have said anything: `opt-in`, the default, or `opt-out`. */
  CONSENT?: string;
  /** Where it is `opt-in` whatever `CONSENT` is: countries, separated by commas; `EU` is all of it. */
  OPT_IN_COUNTRIES?: string;
  /** The cookie that the tag keeps the device's id in; `murmur_murmur` by default. */
  DEVICE_COOKIE?: string;
  /** How long a page waits for what its slots show, ms; 300 by default. */
  DECIDE_TIMEOUT?: string;
  /** The secret with which the shop's server signs identity tokens (HS256); at least 32 bytes. */
  TOKEN_SECRET?: string;
  /** The public key of the key with which the shop's server signs them (ES256): PEM, SPKI. */
  TOKEN_PUBLIC_KEY?: string;
  /** The write key of the shop's servers for Segment's API: it may name any customer. Random, 32 bytes or more. */
  SECRET_WRITE_KEY?: string;
  /** The write key of pages for Segment's API: no secret, it speaks for its own device alone. */
  PUBLIC_WRITE_KEY?: string;
  /** "1": an e-mail address that a device gives counts as its own without a token, and the mail's events come to it. */
  TRUST_DEVICE_EMAIL?: string;
  /** SendGrid's verification key of the Event Webhook: base64. */
  SENDGRID_WEBHOOK_KEY?: string;
  /** Mailgun's HTTP webhook signing key. */
  MAILGUN_WEBHOOK_KEY?: string;
  /** The user name and password in the webhook's address at Postmark, as `name:password`. */
  POSTMARK_WEBHOOK_LOGIN?: string;
  /** Resend's signing secret of the webhook: `whsec_` and base64. */
  RESEND_WEBHOOK_SECRET?: string;
  /** The secret that Klaviyo's system webhook was made with. */
  KLAVIYO_WEBHOOK_SECRET?: string;
  /** The SNS topics that Amazon SES tells its events to, separated by commas. */
  SES_TOPIC_ARNS?: string;
  /** The secret of `/v1/hooks/generic`: `whsec_` and base64 of random bytes, 24 or more. */
  GENERIC_WEBHOOK_SECRET?: string;
  /** The operator's secret for /v1/admin; without one it is shut. Random, 32 bytes or more. */
  ADMIN_TOKEN?: string;
  /** Where all Durable Objects are kept, as `eu`. To be set before the first one is made: others are others. */
  JURISDICTION?: DurableObjectJurisdiction;
  /** "1" in local development alone: opens /v1/dev, where a profile's clock can be moved. */
  MURMUR_DEV?: string;
}
