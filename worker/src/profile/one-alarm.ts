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

  /** It rang, so it does not stand any more. */
  rang(): void {
    this.#at = undefined;
  }
}
