import { app } from "./app.ts";
import type { Env } from "./env.ts";
import type { WebhookCall } from "./outbox/outflow.ts";
import { deliverWebhooks } from "./webhooks/deliver-webhooks.ts";

export { Audience } from "./audience/audience-object.ts";
export { Bandits } from "./experiments/bandit-object.ts";
export { Experiment } from "./experiments/experiment-object.ts";
export { HookTokens } from "./hooks/hook-tokens.ts";
export { EmailOwner } from "./identity/email-owner.ts";
export { CounterShard } from "./ops/counter-shard.ts";
export { Profile } from "./profile/profile-object.ts";

export default { fetch: app.fetch, queue: deliverWebhooks } satisfies ExportedHandler<Env, WebhookCall>;
