import { guarded } from "../report.ts";
import { modelMaker, type Model } from "./model.ts";
import type { DebugSource } from "./source.ts";

export interface WatchOptions {
  /** There is something new to see. */
  onModel(model: Model): void;
  /** A second has passed. */
  onTick(now: number): void;
  /** The source could not be looked at. */
  onProblem(message: string): void;
}

/** How long changes gather before one look at them all, ms. */
const GATHER = 60;
/** From one look to the next at the least, ms. */
const REST = 250;
/** The same, ms, after a look during which something changed: it may have been the look itself that did it. */
const LONG_REST = 1_000;

/** Looks at the source whenever it has changed and somebody can see it; ticks each second. A hidden page costs nothing. */
export class Watch {
  readonly #source: DebugSource;
  readonly #options: WatchOptions;
  readonly #toModel = modelMaker();
  #model: Model | undefined;
  /** The edge's time is this machine's and this, ms. */
  #ahead = 0;
  #looking = false;
  /** When the next look may be, by the page's own clock, ms. */
  #rested = 0;
  #stale = true;
  #stopped = false;
  #gathering: ReturnType<typeof setTimeout> | undefined;
  #ticking: ReturnType<typeof setTimeout> | undefined;
  #unsubscribe: (() => void) | undefined;

  constructor(source: DebugSource, options: WatchOptions) {
    this.#source = source;
    this.#options = options;
  }

  /** The edge's time, ms. */
  get now(): number {
    return Date.now() + this.#ahead;
  }

  start(): void {
    document.addEventListener("visibilitychange", this.#onVisibility);
    guarded(() => {
      this.#unsubscribe = this.#source.onChange(guarded(() => this.refresh()));
    })();
    this.#onVisibility();
  }

  stop(): void {
    this.#stopped = true;
    document.removeEventListener("visibilitychange", this.#onVisibility);
    clearTimeout(this.#gathering);
    clearTimeout(this.#ticking);
    guarded(() => this.#unsubscribe?.())();
  }

  /** What was seen is no longer all there is. */
  refresh(): void {
    this.#stale = true;
    if (this.#stopped || this.#looking || document.visibilityState === "hidden") return;
    const rest = Math.max(GATHER, this.#rested - performance.now());
    this.#gathering ??= setTimeout(() => void this.#look(), this.#model ? rest : 0);
  }

  readonly #onVisibility = guarded(() => {
    clearTimeout(this.#ticking);
    if (document.visibilityState === "hidden") return;
    if (this.#stale) this.refresh();
    this.#tick();
  });

  #tick(): void {
    const { now } = this;
    // With the second, so that all that counts down does it at once.
    this.#ticking = setTimeout(
      guarded(() => this.#tick()),
      1_000 - (now % 1_000),
    );
    this.#options.onTick(now);
    // What time alone changes need not be told by anybody.
    const next = this.#model?.nextChange ?? Infinity;
    if (next <= now && next > this.#model!.look.now) this.refresh();
  }

  async #look(): Promise<void> {
    this.#gathering = undefined;
    this.#looking = true;
    this.#stale = false;
    try {
      const look = await this.#source.look();
      if (this.#stopped) return;
      this.#ahead = look.now - Date.now();
      this.#model = this.#toModel(look);
      this.#options.onModel(this.#model);
    } catch (cause) {
      if (!this.#stopped) this.#options.onProblem(cause instanceof Error ? cause.message : String(cause));
    } finally {
      this.#looking = false;
      this.#rested = performance.now() + (this.#stale ? LONG_REST : REST);
      if (this.#stale) this.refresh();
    }
  }
}
