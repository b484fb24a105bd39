import type { Definition } from "../definition/definition.ts";
import { milliseconds } from "../definition/duration.ts";
import type { MessageCap, QuietHours } from "../definition/journey.ts";
import type { Profile } from "../engine/profile.ts";
import type { Entry, Json } from "../log/entry.ts";
import type { Action, JourneyEffect, SkippedMessage, SkipReason, StepPlace } from "./effect.ts";
import { emailContent } from "./email-content.ts";
import { fillJson, type Scope } from "./fill.ts";
import { effectKey } from "./effect-key.ts";
import { UNSUBSCRIBED } from "./journey-conditions.ts";
import { isAddress } from "./is-address.ts";
import { keep, keptOf, type JourneyRun, type JourneysState } from "./journeys-state.ts";
import { versionFrom, versionOf, type JourneyVersion } from "./journey-version.ts";
import { mayBegin } from "./may-begin.ts";
import { isTimezone, quietUntil } from "./quiet-hours.ts";
import { kindOf } from "./step-kinds.ts";
import type { StepContext, StepOutcome } from "./step-kind.ts";
import { FIRST_STEP, pathBehind, pathInto, stepAt } from "./step-path.ts";

const WEEK = 6048e5;

/** What a follower has to know beside the definition. */
export interface FollowOptions {
  /** Names the profile, as `customer:17`: keys and splits come of it. */
  owner: string;
  /** No run begins before this instant, ms. */
  notBefore?: number;
  /** Whether the profile's address may be written to. */
  mayMail?: boolean;
}

/** A goal that was reached at an instant, ms: what runs that began before still have to send is not wanted any more. */
export interface ReachedGoal {
  journey: string;
  at: number;
}

/** The profile that answers for a version at an instant. */
export type ProfileOf = (version: JourneyVersion) => Profile;

/**
 * One profile's journeys, instant by instant: pure, so a dry run, a test and the edge do the same. `state` is changed in place;
 * what is to be done outside is in `effects`, in the order in which it came due.
 */
export class JourneyFollower {
  readonly state: JourneysState;
  readonly effects: JourneyEffect[] = [];
  readonly skipped: SkippedMessage[] = [];
  readonly reached: ReachedGoal[] = [];
  readonly #definition: Definition;
  readonly #options: FollowOptions;
  /** The definition's own, in order of their ids. */
  readonly #current: JourneyVersion[];
  readonly #versions: Map<string, JourneyVersion>;

  constructor(definition: Definition, state: JourneysState, options: FollowOptions) {
    this.#definition = definition;
    this.#options = options;
    this.state = state;
    this.#current = currentVersions(definition);
    this.#versions = new Map(this.#current.map((version) => [version.hash, version]));
    for (const { version } of state.runs)
      if (!this.#versions.has(version)) this.#versions.set(version, versionFrom(state.versions[version]!));
  }

  /** Versions that runs follow and the definition has no more. */
  outdated(): JourneyVersion[] {
    const followed = new Set(this.state.runs.map(({ version }) => version));
    for (const { hash } of this.#current) followed.delete(hash);
    return [...followed].map((hash) => this.#versions.get(hash)!);
  }

  /** Begins with a profile that is known already: what holds before the first look begins no run. */
  notice(profile: Profile): void {
    const { holds } = this.state;
    for (const { id, journey } of this.#current)
      if (keptOf(holds, id) === undefined) keep(holds, id, profile.holds(journey.enter));
    for (const id of Object.keys(holds))
      if (!this.#current.some((version) => version.id === id)) delete holds[id];
  }

  /** An entry of the log, before its instant is looked at: a goal ends its run, late or not. */
  take(entry: Entry): void {
    if (entry.type !== "event") return;
    const { timestamp: at } = entry;
    for (const { id, hash, isGoal } of this.#versions.values()) {
      if (!isGoal(entry)) continue;
      this.reached.push({ journey: id, at });
      this.#end((run) => run.version === hash && run.at < at);
    }
  }

  /** Does what is due at the profiles' clock, `at`, ms: runs begin, and go on as far as they come. */
  step(at: number, profileOf: ProfileOf): void {
    for (const version of this.#current) this.#begin(version, at, profileOf(version));
    for (const run of this.state.runs.toSorted(byJourney)) {
      // It comes from a profile that was further on.
      if (run.since > at) continue;
      const version = this.#versions.get(run.version)!;
      if (this.#goOn(run, version, at, profileOf(version))) this.#end((each) => each === run);
    }
  }

  #end(isOver: (run: JourneyRun) => boolean): void {
    if (this.state.runs.some(isOver)) this.state.runs = this.state.runs.filter((run) => !isOver(run));
  }

  #begin({ id, hash, journey, definition }: JourneyVersion, at: number, profile: Profile): void {
    const { holds, last, runs, versions } = this.state;
    const [before, now] = [keptOf(holds, id) ?? false, profile.holds(journey.enter)];
    keep(holds, id, now);
    if (before === now) return;
    const { owner, notBefore = -Infinity } = this.#options;
    if (now === (journey.on === "exit") || at < notBefore) return;
    if (runs.some((run) => run.journey === id) || !mayBegin(journey, keptOf(last, id), at)) return;
    keep(last, id, at);
    versions[hash] = definition;
    runs.push({ journey: id, at, version: hash, owner, path: FIRST_STEP, since: at, wake: at });
  }

  /** Says whether the run is at its end. */
  #goOn(run: JourneyRun, version: JourneyVersion, at: number, profile: Profile): boolean {
    const { steps } = version.journey;
    for (;;) {
      const step = stepAt(steps, run.path);
      if (!step) return true;
      const outcome = kindOf(step).run(step, this.#context(run, version, at, profile));
      if (outcome.go === "end") return true;
      if (outcome.go === "stay") {
        run.wake = outcome.until;
        return false;
      }
      if (outcome.go === "on") this.#note(run, at, outcome);
      run.path =
        outcome.go === "on" ? pathBehind(steps, run.path) : pathInto(steps, run.path, outcome.branch);
      run.since = at;
      // What it adds to the log is seen by its own next step, too.
      if (outcome.go === "on" && isOwn(outcome.action)) {
        run.wake = at;
        return false;
      }
    }
  }

  #note(run: JourneyRun, at: number, { action, skipped }: Extract<StepOutcome, { go: "on" }>): void {
    const { journey, at: began, owner, path: step } = run;
    const place: StepPlace = { journey, run: began, step, dueAt: at };
    if (skipped) this.skipped.push({ ...place, reason: skipped });
    if (!action) return;
    this.effects.push({ ...place, key: effectKey(owner, place), action });
    if (action.kind === "send") this.state.sent.push({ journey, at });
  }

  #context(run: JourneyRun, version: JourneyVersion, at: number, profile: Profile): StepContext {
    let known: Scope | undefined;
    const scope = (): Scope => (known ??= scopeOf(profile, version.definition));
    return {
      at,
      since: run.since,
      seed: JSON.stringify([run.owner, run.journey, run.path]),
      holds: (condition) => profile.holds(condition),
      fill: (value) => fillJson(value, scope()),
      quietUntil: () => {
        const quiet = quietHoursFor(version, this.#definition, scope());
        return quiet && quietUntil(quiet, undefined, at);
      },
      email: (template, data) => this.#email(version, { template, data, at, profile, scope: scope() }),
    };
  }

  #email(version: JourneyVersion, mail: Mail): Action | SkipReason {
    const { template, data, at, profile, scope } = mail;
    const to = scope.traits["email"];
    if (this.#options.mayMail === false || !isAddress(to)) return "no_address";
    if (profile.holds(UNSUBSCRIBED)) return "unsubscribed";
    if (this.#isCapped(version, at)) return "cap";
    const { templates = {} } = version.definition;
    const words = Object.hasOwn(templates, template) ? templates[template] : undefined;
    const content = words && emailContent(words, { ...scope, data });
    const quietHours = quietHoursFor(version, this.#definition, scope);
    return {
      kind: "send",
      channel: "email",
      to,
      template,
      data,
      ...(content && { content }),
      ...(quietHours && { quietHours }),
    };
  }

  #isCapped({ id, journey }: JourneyVersion, at: number): boolean {
    const general = this.#definition.messages?.cap;
    // Longer than any cap looks back, of those too that only a run follows, none is kept.
    const followed = [...this.#versions.values()];
    const windows = followed.map((version) => windowOf(version.journey.cap));
    const longest = Math.max(WEEK, ...windows, windowOf(general));
    this.state.sent = this.state.sent.filter((message) => message.at > at - longest);
    const { sent } = this.state;
    return (
      isUsedUp(general, sent, at) ||
      isUsedUp(
        journey.cap,
        sent.filter((each) => each.journey === id),
        at,
      )
    );
  }
}

interface Mail {
  template: string;
  data: { readonly [key: string]: Json };
  at: number;
  profile: Profile;
  scope: Scope;
}

const currents = new WeakMap<Definition, JourneyVersion[]>();

function currentVersions(definition: Definition): JourneyVersion[] {
  let versions = currents.get(definition);
  if (!versions) {
    const ids = Object.keys(definition.journeys ?? {}).sort();
    currents.set(definition, (versions = ids.map((id) => versionOf(definition, id))));
  }
  return versions;
}

/** Those of the journey, else of all messages, where the profile is. */
function quietHoursFor(
  { journey }: JourneyVersion,
  { messages }: Definition,
  { traits }: Scope,
): QuietHours | undefined {
  const quiet = journey.quietHours ?? messages?.quietHours;
  const own = traits["timezone"];
  return quiet && isTimezone(own) ? { ...quiet, timezone: own } : quiet;
}

function isOwn(action: Action | undefined): boolean {
  return action?.kind === "trait" || action?.kind === "event";
}

function byJourney(a: JourneyRun, b: JourneyRun): number {
  return a.journey < b.journey ? -1 : 1;
}

function windowOf(cap: MessageCap | undefined): number {
  return milliseconds(cap?.within ?? "1w");
}

function isUsedUp(cap: MessageCap | undefined, sent: readonly { at: number }[], at: number): boolean {
  return cap !== undefined && sent.filter((message) => message.at > at - windowOf(cap)).length >= cap.max;
}

function scopeOf(profile: Profile, { measures = {} }: Definition): Scope {
  const values = Object.keys(measures).map((name) => [name, profile.measure(name) ?? null]);
  return { traits: profile.traits(), measures: Object.fromEntries(values) as Scope["measures"] };
}
