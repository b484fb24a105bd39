import {
  catchUp,
  load,
  membershipChanges,
  rebuild,
  type Entry,
  type DeviceProfile,
  type Manifest,
  type Program,
  type Transition,
} from "@murmur/core";
import type { SavedProfile } from "../log/device-log.ts";
import type { Row } from "../log/row.ts";
import { WakeTimer } from "./wake-timer.ts";

export interface EngineOptions {
  /** Reads the device's whole log. */
  rows: () => Promise<readonly Row[]>;
  /** The edge's time, ms. */
  now: () => number;
  /** Told after every look at the profile, with what changed. */
  onChange: (transitions: readonly Transition[]) => void;
}

/** The segment engine at work on this page: fed from the device's log, woken when time changes something. */
export class Engine {
  readonly #options: EngineOptions;
  readonly #timer = new WakeTimer(() => this.wake());
  #program: Program<DeviceProfile> | undefined;
  #profile: DeviceProfile | undefined;
  /** The last row that the profile has seen. */
  #seen = 0;
  /** Whether a profile may be made of the log at all. */
  #allowed = false;

  constructor(options: EngineOptions) {
    this.#options = options;
  }

  get seen(): number {
    return this.#seen;
  }

  /** Starts from a saved profile and the rows after it; a profile that does not fit is made anew from the log. */
  async start(
    manifest: Manifest,
    saved: Pick<SavedProfile, "n" | "snapshot"> | undefined,
    rows: readonly Row[],
  ): Promise<void> {
    this.#program = load(manifest);
    if (!this.#allowed) return;
    try {
      this.#profile = this.#program.profile(saved?.snapshot);
    } catch {
      return this.rebuild();
    }
    this.#seen = saved?.n ?? 0;
    await this.feed(rows);
  }

  /** Takes rows of the log, in order of number; what it has seen already is passed over. */
  async feed(rows: readonly Row[]): Promise<void> {
    const news = rows.filter(({ n, refused }) => n > this.#seen && !refused);
    this.#seen = Math.max(this.#seen, rows.at(-1)?.n ?? 0);
    const profile = this.#profile;
    if (!profile) return;
    const transitions = news.flatMap(({ entry }) => record(profile, entry));
    // Before time goes on: what only the log can place would else be missing on the way.
    if (profile.needsReplay) transitions.push(...profile.replay(await this.#entries()));
    transitions.push(...catchUp(profile, this.#options.now()));
    this.#settle(transitions);
  }

  /** Makes the profile anew from the whole log: under another manifest, or when the log's own instants have moved. */
  async rebuild(program = this.#program): Promise<void> {
    this.#program = program;
    if (!this.#program || !this.#allowed) return;
    const entries = await this.#entries();
    const { profile, transitions } = rebuild(this.#program, entries, this.#options.now(), this.#segments());
    this.#profile = profile;
    this.#settle(transitions);
  }

  /** Whether a profile may be made of the log; when not, every segment is left at once. Says whether that is new. */
  async allow(allowed: boolean): Promise<boolean> {
    if (allowed === this.#allowed) return false;
    this.#allowed = allowed;
    if (allowed) {
      await this.rebuild();
    } else {
      const left = membershipChanges(this.#segments(), [], this.#options.now());
      this.#profile = undefined;
      this.#settle(left);
    }
    return true;
  }

  /** Brings the profile up to the present. */
  wake(): void {
    if (this.#profile) this.#settle(catchUp(this.#profile, this.#options.now()));
  }

  /** Ends the waiting for what is due; nothing else is held. */
  stop(): void {
    this.#timer.set(undefined);
  }

  /** The profile as it is; none before there is a definition. */
  get profile(): DeviceProfile | undefined {
    return this.#profile;
  }

  get program(): Program<DeviceProfile> | undefined {
    return this.#program;
  }

  /** What `start` needs to go on from here; nothing before there is a profile, or where the page has changed what JSON is. */
  save(): Pick<SavedProfile, "n" | "snapshot"> | undefined {
    const isSound = JSON.stringify([""]) === '[""]';
    return isSound ? this.#profile && { n: this.#seen, snapshot: this.#profile.snapshot() } : undefined;
  }

  #segments(): string[] {
    return this.#profile?.segments() ?? [];
  }

  #settle(transitions: readonly Transition[]): void {
    const next = this.#profile?.nextChange();
    this.#timer.set(next === undefined ? undefined : next - this.#options.now());
    this.#options.onChange(transitions);
  }

  async #entries(): Promise<Entry[]> {
    const rows = await this.#options.rows();
    this.#seen = rows.at(-1)?.n ?? 0;
    return rows.filter(({ refused }) => !refused).map(({ entry }) => entry);
  }
}

function record(profile: DeviceProfile, entry: Entry): Transition[] {
  return entry.type === "event" ? profile.record(entry) : profile.identify(entry);
}
