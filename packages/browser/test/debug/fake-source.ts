import { compile, decide, type Context, type Definition, type Entry, type Json } from "@murmur/core";
import type { DebugSource, Look, LookRow } from "../../src/debug/source.ts";

type Properties = { [key: string]: Json };

/** A tag without a network and a disk: the panel's source, over the real engine. */
export class FakeSource implements DebugSource {
  readonly listeners = new Set<() => void>();
  rows: LookRow[] = [];
  context: Context = { device: "desktop", language: "en", path: "/", utm: { source: "newsletter" } };
  consent: Look["consent"] = { analytics: "granted", personalization: "granted", marketing: "pending" };
  delivered = 0;
  subject: string | undefined;
  /** What to add to this machine's clock to have the edge's time, ms. */
  ahead = 0;
  looks = 0;
  #definition: Definition | undefined;

  constructor(definition?: Definition) {
    this.#definition = definition;
  }

  get now(): number {
    return Date.now() + this.ahead;
  }

  async look(): Promise<Look> {
    this.looks++;
    const { now, rows, delivered, consent, context, subject } = this;
    const about = {
      now,
      device: "8f14e45fceea167a5a36dedd4bea2543",
      ...(subject !== undefined && { subject }),
    };
    const seen = { rows: rows.slice(-100), delivered, consent, context };
    if (!this.#definition) return { ...about, ...seen, slots: {} };
    const program = compile(this.#definition);
    const profile = program.profile();
    profile.replay(rows.filter(({ refused }) => !refused).map(({ entry }) => entry));
    profile.advance(now);
    const manifest = { hash: program.hash, definition: program.definition };
    return {
      ...about,
      ...seen,
      manifest,
      snapshot: profile.snapshot(),
      slots: decide(program, profile, { context }),
    };
  }

  onChange(listener: () => void): () => void {
    this.listeners.add(listener);
    return () => void this.listeners.delete(listener);
  }

  adopt(definition: Definition): void {
    this.#definition = definition;
    this.changed();
  }

  changed(): void {
    for (const listener of this.listeners) listener();
  }

  /** An event so many ms ago; with `row`, what became of it. */
  track(name: string, properties: Properties = {}, ago = 0, row: Partial<LookRow> = {}): LookRow {
    return this.#add({ type: "event", id: this.#id(), name, properties, timestamp: this.now - ago }, row);
  }

  identify(traits: Properties, ago = 0): LookRow {
    return this.#add({ type: "identify", id: this.#id(), traits, timestamp: this.now - ago }, {});
  }

  #add(entry: Entry, row: Partial<LookRow>): LookRow {
    const added = { n: this.rows.length + 1, entry, ...row };
    this.rows.push(added);
    this.changed();
    return added;
  }

  #id(): string {
    return `entry-${this.rows.length + 1}`;
  }
}
