import { rfm } from "@murmur/core";
import { quantile } from "../figures/quantile.ts";
import { measuredValues } from "../run/measured-values.ts";
import type { ExitCode } from "../terminal/exit-code.ts";
import { table } from "../terminal/table.ts";
import type { Terminal } from "../terminal/terminal.ts";
import { count, instantText, several } from "../terminal/words.ts";
import { codeOf, inputOptions, nothingFound, sayInput, type InputFlags } from "./input-options.ts";

const DAY = 86_400_000;
/** Units of durations, ms, largest first. */
const UNITS = [
  ["d", DAY],
  ["h", 3_600_000],
  ["m", 60_000],
  ["s", 1_000],
] as const;
/** A bound is rounded to a unit of which it has so many: by a twentieth of itself at most. */
const ENOUGH = 10;
/** The four bounds between five scores. */
const FIFTHS = [0.2, 0.4, 0.6, 0.8];
const QUARTILES = [0.25, 0.5, 0.75];

/** A measure that is missing of whom no order has a number. */
const HAS_MONEY = "has-money";

export interface FitRfmFlags extends InputFlags {
  /** The event that is an order, and the path of its value. */
  order?: string;
  value?: string;
}

/** `murmur fit rfm <events…>`: the bounds with which each score takes a fifth of the buyers. */
export async function fitRfm(
  terminal: Terminal,
  files: readonly string[],
  flags: FitRfmFlags,
): Promise<ExitCode> {
  const { order = "Order Completed", value = "total" } = flags;
  const { options, asOf, progress } = await inputOptions(terminal, files, flags);
  const { measures } = rfm({ order, value, prefix: "" });
  // Whoever never ordered has no recency, and is no buyer.
  const asked = { ...measures, [HAS_MONEY]: { avg: value, of: order } };
  const measured = await measuredValues(asked, { ...options, asOf }, "recency").finally(() => progress.end());
  const { input, values } = measured;
  const buyers = values.get("recency")!.length;
  if (buyers === 0)
    throw nothingFound(`nobody did ${order}: name the event that is an order, --order "…"`, input);
  if (values.get(HAS_MONEY)!.length === 0)
    terminal.note(
      `no ${order} has a number at ${value}, so that money is 0 for all: name its value, --value "…"; what has a currency beside it is a text`,
    );
  const at: QuantilesAt = (name, shares) => shares.map((share) => quantile(values.get(name)!, share));
  const quartiles = {
    recencyDays: at("recency", QUARTILES).map(days),
    frequency: at("frequency", QUARTILES),
    monetary: at("monetary", QUARTILES),
  };
  const bounds = {
    // What was asked for differently has to be said of the preset, too.
    ...(flags.order !== undefined && { order }),
    ...(flags.value !== undefined && { value }),
    recency: at("recency", FIFTHS).map(durationOf),
    // Who has fewer than the bound scores below it: it lies above the orders that the fifth has at most.
    frequency: at("frequency", FIFTHS).map((orders) => Math.floor(orders) + 1),
    monetary: at("monetary", FIFTHS).map((money) => Number(money.toFixed(2))),
  };
  const call = `rfm(${JSON.stringify(bounds, null, 2)})`;
  if (terminal.json) {
    terminal.answer({ buyers, asOf: measured.asOf, quartiles, rfm: bounds, input });
    return codeOf(input);
  }
  sayInput(terminal, input);
  terminal.say(`${several(buyers, "buyer")} at ${instantText(measured.asOf)} UTC\n`);
  terminal.say(quantileTable(terminal, at));
  terminal.say(
    `\nBounds with which each score takes a fifth of the buyers, as near as their values allow:\n\n${call}`,
  );
  return codeOf(input);
}

type QuantilesAt = (measure: string, shares: readonly number[]) => number[];

function quantileTable(terminal: Terminal, at: QuantilesAt): string {
  const row = (name: string, quantiles: readonly number[]): string[] => [
    name,
    ...quantiles.map((each) => count(Number(each.toFixed(2)))),
  ];
  return table(
    terminal,
    ["", "20 %", "25 %", "40 %", "50 %", "60 %", "75 %", "80 %"],
    [
      row("days since the last order", at("recency", ALL).map(days)),
      row("orders", at("frequency", ALL)),
      row("money", at("monetary", ALL)),
    ],
  );
}

function days(ms: number): number {
  return ms / DAY;
}

function durationOf(ms: number): string {
  const [unit, size] = UNITS.find(([, length]) => ms >= ENOUGH * length) ?? UNITS.at(-1)!;
  return `${Math.max(1, Math.round(ms / size))}${unit}`;
}

const ALL = [...FIFTHS, ...QUARTILES].sort((a, b) => a - b);
