import { log, traceOf } from "../ops/log.ts";

/**
 * After a failure the platform rings again, six times within some minutes, and then never:
 * https://developers.cloudflare.com/durable-objects/api/alarms/. From this try on it is not left to the platform.
 */
const LAST_TRY = 5;
/** After which it rings again then, ms. */
const LATER = 10 * 60_000;

/** workerd takes no alarm centuries away; one that rings early does no harm, ms. */
const LONGEST = 365 * 864e5;

/**
 * A Durable Object's one alarm. Each setting is a write on disk, so it is put forward but never back: what is due moves on
 * with nearly every event, and an alarm that rings early finds nothing to do and is set anew.
 */
export class OneAlarm {
  readonly #storage: DurableObjectStorage;
  /** Of the machine's clock, ms; Infinity for none; undefined as long as it is not known. */
  #at: number | undefined;

  constructor(storage: DurableObjectStorage) {
    this.#storage = storage;
  }

  /** Stands at `instant` of the machine's clock, ms, or before; at Infinity it does not stand at all. */
  async set(instant: number): Promise<void> {
    if (this.#at === instant || (this.#at !== undefined && this.#at < instant && instant < Infinity)) return;
    const at = instant < Infinity ? Math.min(instant, Date.now() + LONGEST) : Infinity;
    // Before it is awaited: of two that overlap, the later one is what stands.
    this.#at = at;
    if (at === Infinity) await this.#storage.deleteAlarm();
    else await this.#storage.setAlarm(at);
  }

  /** It rang, so it does not stand any more: does what it stood for, as long as that takes. */
  async rang(info: AlarmInvocationInfo | undefined, work: () => Promise<void>): Promise<void> {
    this.#at = undefined;
    try {
      await work();
    } catch (error) {
      if ((info?.retryCount ?? 0) < LAST_TRY) throw error;
      log({ event: "alarm_failed", ...traceOf(error) });
      this.#at = undefined;
      await this.set(Date.now() + LATER);
    }
  }
}
