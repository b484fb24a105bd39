import { env } from "cloudflare:test";

/**
 * Nothing is delivered: what waits can be looked at, and tests hand it to the consumer themselves (`queue-call.ts`). Nor is it
 * behind a file's last test, whatever its spies have given back by then: an alarm that goes off there would leave the queue
 * with e-mails that nobody takes, to be tried again and again while workerd is shutting down, which then never ends.
 */
export function holdQueue(): void {
  env.WEBHOOKS!.sendBatch = async () => undefined as never;
}

/** The platform's own queue delivers, until it is held again. */
export function letQueueGo(): void {
  delete (env.WEBHOOKS as Partial<Queue>).sendBatch;
}

holdQueue();
