import type { Mismatch } from "./compare-profiles.ts";
import type { Replay } from "./replay.ts";

/** How many mismatches are shown. */
const SHOWN = 10;
const MAX_ANSWER = 400;

/** What a replay brought, as text. */
export function replayReport(replay: Replay): string {
  const { events, distinct, people, plan, sent, retried, seconds, comparison } = replay;
  const { entries, members, hourAfter, mismatches } = comparison;
  const rows: [string, string][] = [
    ["events", `${number(events)} (${number(distinct)} distinct)`],
    ["people", number(people)],
    ["batches", number(plan.batches)],
    ["late", number(plan.late)],
    ["repeated", `${number(plan.repeated)} (${number(plan.atOnce)} at once)`],
    ["calls made again", number(retried)],
    ["rejected", `${number(sent.rejected.length)}${sent.rejected[0] ? `: ${sent.rejected[0].reason}` : ""}`],
    ["seconds", seconds.toFixed(1)],
    ["events a second", number(Math.round(events / seconds))],
    ["entries at the edge", number(entries)],
    ["profiles compared", number(people)],
    ...[...members].sort().map(([id, count]): [string, string] => [`  in ${id}`, number(count)]),
  ];
  if (hourAfter)
    rows.push(["the hour after", `${number(hourAfter.entered)} entered, ${number(hourAfter.exited)} left`]);
  rows.push(["mismatches", number(mismatches.length)]);
  const width = Math.max(...rows.map(([name]) => name.length));
  const lines = rows.map(([name, value]) => `${name.padEnd(width)}  ${value}`);
  if (sent.moved > 0)
    lines.push(
      `The edge held ${number(sent.moved)} entries at other instants: was the file sent to it before? Take another --seed.`,
    );
  return [...lines, ...mismatches.slice(0, SHOWN).map(spelled)].join("\n");
}

function number(value: number): string {
  return value.toLocaleString("en");
}

function spelled({ user, what, edge, engine }: Mismatch): string {
  return `user ${user}: ${what}\n  edge:   ${short(edge)}\n  engine: ${short(engine)}`;
}

function short(text: string): string {
  if (text === "") return "(none)";
  return text.length > MAX_ANSWER ? `${text.slice(0, MAX_ANSWER)}…` : text;
}
