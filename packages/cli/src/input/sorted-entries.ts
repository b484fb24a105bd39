import { compareEntries, type Entry } from "@murmur/core";
import { appendFileSync, existsSync, mkdtempSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { whenInterrupted } from "../terminal/when-interrupted.ts";
import { OwnTexts } from "./own-texts.ts";

/** Entries that are held in memory before they go to disk. */
const HELD = 400_000;
/** Parts on disk; one of them at a time is in memory. */
const PARTS = 64;
/** Characters that are written at once. */
const WRITTEN = 1 << 16;

/** An entry, whose it is, and how many came before it. */
type Owned = readonly [profile: string, entry: Entry, number: number];

/**
 * Brings entries in any order into that of each profile's time. No order among profiles is needed, so they need no sort
 * of the whole: what is too much for memory goes to disk, in parts by a hash of the profile, and each part is then
 * sorted by itself.
 */
export class SortedEntries {
  readonly #held: Owned[] = [];
  readonly #texts = new OwnTexts();
  /** Whose a device is. */
  readonly #users = new Map<string, string>();
  readonly #most: number;
  #count = 0;
  #folder: string | undefined;
  #parts: Parts | undefined;
  #heedNoSignal = (): void => {};
  /** The latest instant, ms. */
  latest = -Infinity;

  /** Beyond so many entries, they go to disk. */
  constructor(most = HELD) {
    this.#most = most;
  }

  add(profile: string, entry: Entry): void {
    if (entry.timestamp > this.latest) this.latest = entry.timestamp;
    const number = this.#count++;
    if (this.#parts) this.#parts.add(profile, [profile, entry, number]);
    else if (this.#held.push(this.#apart(profile, entry, number)) >= this.#most) this.#spill();
  }

  /** With texts of their own, what is held keeps nothing else of the file; properties and ids have such already. */
  #apart(profile: string, entry: Entry, number: number): Owned {
    const own = entry.type === "event" ? { ...entry, name: this.#texts.of(entry.name) as string } : entry;
    return [this.#texts.of(profile) as string, own, number];
  }

  /** What the device did is the user's; of several users, the one who is named first has it. */
  same(device: string, user: string): void {
    if (device !== user && !this.#users.has(device)) this.#users.set(device, user);
  }

  /** Everybody's entries, in order, each id once; a part of the people at a time. */
  *parts(): Generator<Map<string, { entries: Entry[]; repeated: number }>> {
    if (!this.#parts) {
      yield inOrder(this.#held, this.#users);
      return;
    }
    // A device that is somebody's lies in another part than its user does: once more, by whose it is.
    const parts =
      this.#users.size > 0 ? this.#parts.again(this.#subfolder("joined"), this.#users) : this.#parts;
    for (const part of parts.all()) yield inOrder(part, this.#users);
  }

  /** Removes what lies on disk. */
  close(): void {
    if (this.#folder !== undefined) rmSync(this.#folder, { recursive: true, force: true });
    this.#heedNoSignal();
  }

  #spill(): void {
    this.#parts = new Parts(this.#subfolder("parts"));
    for (const owned of this.#held) this.#parts.add(owned[0], owned);
    this.#held.length = 0;
  }

  #subfolder(name: string): string {
    if (this.#folder === undefined) {
      // Before there is anything to clear away: a signal that comes with the folder would else leave it behind.
      this.#heedNoSignal = whenInterrupted(() => this.close());
      this.#folder = mkdtempSync(join(tmpdir(), "murmur-sort-"));
    }
    return join(this.#folder, name);
  }
}

/** Entries on disk, in parts by a hash of whose they are. */
class Parts {
  readonly #prefix: string;
  readonly #texts: string[] = Array<string>(PARTS).fill("");

  constructor(prefix: string) {
    this.#prefix = prefix;
  }

  add(profile: string, owned: Owned): void {
    const part = partOf(profile);
    this.#texts[part] += `${JSON.stringify(owned)}\n`;
    if (this.#texts[part]!.length > WRITTEN) this.#write(part);
  }

  *all(): Generator<Owned[]> {
    for (let part = 0; part < PARTS; part++) {
      this.#write(part);
      const file = `${this.#prefix}-${part}`;
      if (!existsSync(file)) continue;
      const lines = readFileSync(file, "utf8").split("\n");
      rmSync(file);
      yield lines.filter((line) => line !== "").map((line) => JSON.parse(line) as Owned);
    }
  }

  again(prefix: string, users: ReadonlyMap<string, string>): Parts {
    const parts = new Parts(prefix);
    for (const part of this.all())
      for (const owned of part) parts.add(users.get(owned[0]) ?? owned[0], owned);
    return parts;
  }

  #write(part: number): void {
    if (this.#texts[part] !== "") appendFileSync(`${this.#prefix}-${part}`, this.#texts[part]!);
    this.#texts[part] = "";
  }
}

function partOf(profile: string): number {
  let hash = 0;
  for (let at = 0; at < profile.length; at++) hash = Math.imul(hash ^ profile.charCodeAt(at), 0x01000193);
  return (hash >>> 8) % PARTS;
}

function inOrder(
  owned: readonly Owned[],
  users: ReadonlyMap<string, string>,
): Map<string, { entries: Entry[]; repeated: number }> {
  const logs = new Map<string, { all: number; first: Map<string, Owned> }>();
  for (const each of owned) {
    const [id, entry, number] = each;
    const profile = users.get(id) ?? id;
    let log = logs.get(profile);
    if (!log) logs.set(profile, (log = { all: 0, first: new Map() }));
    log.all++;
    // Of one id, the entry that came first stands; parts that were made anew are in another order.
    const before = log.first.get(entry.id);
    if (!before || number < before[2]) log.first.set(entry.id, each);
  }
  return new Map(
    [...logs].map(([profile, { all, first }]) => [
      profile,
      {
        entries: [...first.values()].map(([, entry]) => entry).sort(compareEntries),
        repeated: all - first.size,
      },
    ]),
  );
}
