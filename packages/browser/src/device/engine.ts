import {
  catchUp,
  load,
  membershipChanges,
  nextDecision,
  rebuild,
  type Entry,
  type DeviceProfile,
  type DeviceProgram,
  type Manifest,
  type Snapshot,
  type Transition,
} from "@murmur/core";
import type { SavedProfile } from "../log/device-meta.ts";
import type { Row } from "../log/row.ts";
import { wakeTimer } from "./wake-timer.ts";

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
  /** None before there is a definition. */
  program: DeviceProgram | undefined;
  /** The profile as it is; none before there is a definition, or where none may be made. */
  profile: DeviceProfile | undefined;
  /** What the oldest of the log was folded into, by which the profile is made anew: a profile as of then. */
  base: Snapshot | undefined;
  /** The last row that the profile has seen. */
  seen = 0;
  readonly #options: EngineOptions;
  readonly #wakeAfter = wakeTimer(() => this.wake());
  #allowed = false;
  #made: DeviceProgram | undefined;

  constructor(options: EngineOptions) {
    this.#options = options;
  }

  /** Makes a definition ready, once for as long as it is the same. */
  make(manifest: Manifest): DeviceProgram {
    if (this.#made?.hash !== manifest.hash) this.#made = load(manifest);
    return this.#made;
  }

  /**
   * Makes the profile anew: under another manifest, when the log's own instants have moved, or as the page begins. From a
   * saved one and the rows after it, or from all rows.
   */
  async renew(
    manifest: Manifest | undefined,
    saved: Pick<SavedProfile, "n" | "snapshot"> | undefined,
    rows: readonly Row[],
  ): Promise<void> {
    this.program = manifest && this.make(manifest);
    this.seen = saved?.n ?? rows.at(-1)?.n ?? 0;
    if (!this.program || !this.#allowed) return;
    const before = this.profile?.segments();
    try {
      this.program.profile(this.base);
    } catch {
      // Another tag's: what there is of the log is better than nothing.
      this.base = undefined;
    }
    if (saved) {
      try {
        this.profile = this.program.profile(saved.snapshot);
        if (before) this.#options.onChange(this.#changes(before, this.profile.segments()));
        return this.feed(rows);
      } catch {
        rows = await this.#options.rows();
      }
    }
    const made = rebuild(this.program, entriesOf(rows), this.#options.now(), before ?? [], this.base);
    this.profile = made.profile;
    this.#settle(made.transitions);
  }

  /** Takes rows of the log, in order of number; what it has seen already is passed over. */
  async feed(rows: readonly Row[]): Promise<void> {
    const news = entriesOf(rows.filter(({ n }) => n > this.seen));
    this.seen = Math.max(this.seen, rows.at(-1)?.n ?? 0);
    const { profile } = this;
    if (!profile) return;
    const transitions = news.flatMap((entry) =>
      entry.type === "event" ? profile.record(entry) : profile.identify(entry),
    );
    // Before time goes on: what only the log can place would else be missing on the way.
    if (profile.needsReplay)
      transitions.push(...profile.replay(entriesOf(await this.#options.rows()), this.base));
    this.#settle([...transitions, ...catchUp(profile, this.#options.now())]);
  }

  /** Whether a profile may be made of the log; when not, every segment is left at once. Says whether that is new. */
  allow(allowed: boolean): boolean {
    if (allowed === this.#allowed) return false;
    this.#allowed = allowed;
    const before = this.profile?.segments() ?? [];
    this.profile = undefined;
    this.#settle(this.#changes(before, []));
    return true;
  }

  /** Brings the profile up to the present. */
  wake(): void {
    if (this.profile) this.#settle(catchUp(this.profile, this.#options.now()));
  }

  /** What `renew` needs to go on from here; nothing before there is a profile, or where the page has changed what JSON is. */
  save(): Pick<SavedProfile, "n" | "snapshot"> | undefined {
    const isSound = JSON.stringify([""]) === '[""]';
    return isSound && this.profile ? { n: this.seen, snapshot: this.profile.snapshot() } : undefined;
  }

  #changes(before: readonly string[], after: readonly string[]): Transition[] {
    return membershipChanges(before, after, this.#options.now());
  }

  #settle(transitions: readonly Transition[]): void {
    const { program, profile } = this;
    const now = this.#options.now();
    // What is shown may change sooner than any membership: when a schedule opens or closes.
    const decision = program && nextDecision(program, now);
    this.#wakeAfter(Math.min(profile?.nextChange() ?? Infinity, decision ?? Infinity) - now);
    this.#options.onChange(transitions);
  }
}

/** What counts of rows. */
function entriesOf(rows: readonly Row[]): Entry[] {
  return rows.filter(({ refused }) => !refused).map(({ entry }) => entry);
}
