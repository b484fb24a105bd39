import type { Entry } from "@murmur/core";
import type { Member } from "./member.ts";

/**
 * What makes figures of what becomes of everybody. For one member, all calls are in order of time; between members there
 * is no order.
 */
export interface Watcher {
  /** Somebody was seen for the first time. */
  begin?(member: Member, at: number): void;
  /** Called before the member's segments change; `since` is when a membership that ends began. */
  change?(member: Member, segment: number, entered: boolean, at: number, since: number): void;
  /** Called after everything that the entry has changed. */
  entry?(member: Member, entry: Entry): void;
  /** The run is over, and the member's clock at its last instant. */
  end?(member: Member, at: number): void;
}
