import type { Duration } from "../../definition/duration.ts";
import { all, any } from "../conditions.ts";
import { count, sinceLast } from "../measures.ts";
import { selector, type Step } from "../selection.ts";
import { trend } from "../trend.ts";
import { DEFAULT_ACTIVITY } from "./activity.ts";
import { checkAscending, prefixed, type Preset } from "./preset.ts";

export type ChurnSegment = "slipping" | "silent" | "risk" | "churned";

export interface ChurnRiskOptions<Prefix extends string> {
  /** The events that are use: page and product views, sign-ins, orders and the like by default. */
  activity?: Step;
  /** From how many of them on somebody can churn at all. 5 by default. */
  engagedFrom?: number;
  /** The length of the periods whose activity is compared. `"14d"` by default. */
  every?: Duration;
  /** How many times in a row activity fell. 2 by default. */
  periods?: number;
  /** By which part it fell each time, above 0 and at most 1. 0.3 by default: 30 % less than in the period before. */
  drop?: number;
  /** How long without activity is silence. `"30d"` by default. */
  silentAfter?: Duration;
  /** How long without activity is the end. `"90d"` by default. */
  churnedAfter?: Duration;
  /** What the segments' ids begin with. `"churn-"` by default. */
  prefix?: Prefix;
}

/**
 * Who is about to leave, of those with 5 events of activity or more:
 * - `slipping`: active in the last 90 d, and activity fell by 30 % or more in each of the last two periods of 14 d;
 * - `silent`: last active 30 d or more and less than 90 d ago;
 * - `risk`: `slipping` or `silent`, or both;
 * - `churned`: last active 90 d ago or before. Nobody is at once `risk` and `churned`.
 *
 * @throws DefinitionError when `silentAfter` is not shorter than `churnedAfter`
 * @example
 * define({ ...churnRisk({ activity: "Feature Used" }) }) // segments "churn-slipping" and so on
 */
export function churnRisk<Prefix extends string = "churn-">(
  options: ChurnRiskOptions<Prefix> = {},
): Preset<`${Prefix}${ChurnSegment}`> {
  const { engagedFrom = 5, every = "14d", periods = 2, drop = 0.3, prefix = "churn-" } = options;
  const { silentAfter = "30d", churnedAfter = "90d" } = options;
  checkAscending("churnRisk.churnedAfter", [silentAfter, churnedAfter], "strict");
  const activity = selector([options.activity ?? DEFAULT_ACTIVITY]);
  const isEngaged = count(activity).gte(engagedFrom);
  const isHere = sinceLast(activity).lt(churnedAfter);
  const isLess = trend(count(activity)).every(every).periods(periods).lte(-drop);
  const isSilent = sinceLast(activity).gte(silentAfter);
  const percent = `${Math.round(drop * 100)} %`;
  return {
    segments: prefixed(prefix as Prefix, {
      slipping: {
        name: "Slipping",
        description: `Activity fell by ${percent} or more, ${periods} times in a row, from one ${every} to the next.`,
        when: all(isEngaged, isHere, isLess),
      },
      silent: {
        name: "Silent",
        description: `Was active, and has not been for ${silentAfter} to ${churnedAfter}.`,
        when: all(isEngaged, isHere, isSilent),
      },
      risk: {
        name: "At risk of leaving",
        description: "Slipping or silent, and not gone yet.",
        when: all(isEngaged, isHere, any(isLess, isSilent)),
      },
      churned: {
        name: "Churned",
        description: `Was active, and has not been for ${churnedAfter} or more.`,
        when: all(isEngaged, sinceLast(activity).gte(churnedAfter)),
      },
    }),
  };
}
