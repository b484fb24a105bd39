import type { Murmur, Properties } from "@murmur/browser";
import { answersOf, segments, slots, type Answers, type Bootstrap } from "@murmur/browser/answers";
import {
  ErrorCode,
  OpenFeatureEventEmitter,
  ProviderEvents,
  StandardResolutionReasons as Reason,
  type EvaluationContext,
  type JsonValue,
  type Provider,
  type ResolutionDetails,
  type TrackingEventDetails,
} from "@openfeature/web-sdk";
import { asked } from "./asked.ts";
import { cleanContent } from "./clean-content.ts";
import { fetchFlagNames, knownOnDevices, type FlagNames } from "./flag-names.ts";

export interface MurmurWebProviderOptions {
  /** What `init` of `@murmur/browser` has returned; without it, the page's script tag, also when that comes later. */
  murmur?: Murmur;
  /** The definition, of which the names are read: whole, or where the edge is that hands it out, as `https://edge.shop.example`. */
  definition: FlagNames | string;
  /** What a server has rendered the page by; it stands until the tag has an answer itself, or the visitor says no. */
  bootstrap?: Bootstrap;
}

/**
 * Murmur for OpenFeature's web SDK. A segment is a boolean flag of its id; a slot is an object flag of its name, whose value
 * is the content. Who is looking is known to the tag: the evaluation context is not read. Resolving never throws.
 */
export class MurmurWebProvider implements Provider {
  readonly metadata = { name: "murmur" };
  readonly runsOn = "client";
  readonly events = new OpenFeatureEventEmitter();
  readonly #definition: FlagNames | string;
  readonly #bootstrap: Bootstrap | undefined;
  readonly #answers: Answers;
  /** None before they are known. */
  #names: FlagNames | undefined;
  /** From beginning to close. */
  #life: AbortController | undefined;

  constructor({ murmur, definition, bootstrap }: MurmurWebProviderOptions) {
    this.#definition = definition;
    this.#bootstrap = bootstrap;
    this.#answers = answersOf(murmur);
    if (typeof definition !== "string") this.#names = knownOnDevices(definition);
  }

  /**
   * Resolves when the definition is there, and the tag's first answer or what the page was rendered by, or 10 s later where the
   * tag is blocked; rejects where there is no definition to be had.
   */
  async initialize(): Promise<void> {
    this.#life?.abort();
    const { signal } = (this.#life = new AbortController());
    if (typeof this.#definition === "string") this.#names = await fetchFlagNames(this.#definition);
    if (!this.#bootstrap) await asked(this.#answers);
    // Closed in the meantime.
    if (signal.aborted) return;
    let before = this.#values();
    const end = this.#answers.subscribe(() => {
      const now = this.#values();
      const flagsChanged = [...now.keys()].filter((flag) => now.get(flag) !== before.get(flag));
      before = now;
      if (flagsChanged.length > 0) this.events.emit(ProviderEvents.ConfigurationChanged, { flagsChanged });
    }, segments);
    signal.addEventListener("abort", end);
  }

  async onClose(): Promise<void> {
    this.#life?.abort();
  }

  resolveBooleanEvaluation(flag: string, otherwise: boolean): ResolutionDetails<boolean> {
    if (!this.#isSegment(flag)) return this.#refusal(flag, otherwise);
    const ids = this.#answers.get(segments, this.#bootstrap?.segments);
    // Nobody has said yet.
    if (!ids) return { value: otherwise, reason: Reason.DEFAULT };
    const value = ids.includes(flag);
    return {
      value,
      variant: value ? "in" : "out",
      reason: value ? Reason.TARGETING_MATCH : Reason.DEFAULT,
    };
  }

  resolveObjectEvaluation<T extends JsonValue>(flag: string, otherwise: T): ResolutionDetails<T> {
    if (!this.#isSlot(flag)) return this.#refusal(flag, otherwise);
    const decision = this.#answers.get(slots, this.#bootstrap?.slots ?? null)?.[flag];
    // The page's own content stays.
    if (!decision) return { value: otherwise, reason: Reason.DEFAULT };
    const { variant, content, why, experiment } = decision;
    const reason = experiment ? Reason.SPLIT : Reason.TARGETING_MATCH;
    return {
      // An experiment may be to leave the page's own. Else the caller says what the definition has written there.
      value: Object.keys(content).length === 0 ? otherwise : (cleanContent(content) as JsonValue as T),
      variant: variant ?? "fallback",
      reason: variant === null ? Reason.DEFAULT : reason,
      flagMetadata: { why, ...(experiment && { experiment: experiment.id, variation: experiment.variant }) },
    };
  }

  resolveStringEvaluation(flag: string, otherwise: string): ResolutionDetails<string> {
    return this.#refusal(flag, otherwise);
  }

  resolveNumberEvaluation(flag: string, otherwise: number): ResolutionDetails<number> {
    return this.#refusal(flag, otherwise);
  }

  /** Records an event, with its details as properties. */
  track(name: string, _context: EvaluationContext, details: TrackingEventDetails): void {
    void this.#answers.track(name, details as Properties);
  }

  #isSegment(flag: string): boolean {
    return this.#names !== undefined && Object.hasOwn(this.#names.segments, flag);
  }

  #isSlot(flag: string): boolean {
    return this.#names !== undefined && Object.hasOwn(this.#names.slots ?? {}, flag);
  }

  #refusal<T>(flag: string, otherwise: T): ResolutionDetails<T> {
    const refused = (errorCode: ErrorCode, errorMessage: string): ResolutionDetails<T> => ({
      value: otherwise,
      reason: Reason.ERROR,
      errorCode,
      errorMessage,
    });
    if (!this.#names) return refused(ErrorCode.PROVIDER_NOT_READY, "the definition is not there yet");
    if (this.#isSegment(flag))
      return refused(ErrorCode.TYPE_MISMATCH, `${flag} is a segment: ask for a boolean`);
    if (this.#isSlot(flag)) return refused(ErrorCode.TYPE_MISMATCH, `${flag} is a slot: ask for an object`);
    return refused(ErrorCode.FLAG_NOT_FOUND, `the definition has no segment and no slot ${flag}`);
  }

  /** What every flag is, as text to be held against another time. */
  #values(): ReadonlyMap<string, string> {
    const { segments = {}, slots = {} } = this.#names ?? {};
    return new Map([
      ...Object.keys(segments).map(
        (id) => [id, JSON.stringify(this.resolveBooleanEvaluation(id, false))] as const,
      ),
      ...Object.keys(slots).map(
        (name) => [name, JSON.stringify(this.resolveObjectEvaluation(name, null))] as const,
      ),
    ]);
  }
}
