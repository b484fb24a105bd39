import type { ExperimentGoal } from "@murmur/core";
import { resultOf, type ExperimentResult } from "../../worker/src/experiments/results.ts";
import { tallied } from "./tallied.ts";

const goal: ExperimentGoal = { event: "Order Completed", value: "total", within: "7d" };
const control = { id: "control", weight: 0.5 };

/** Worth 40 for each that converted, more or less. */
function worth(variant: string, exposed: number, converted: number, each = 40) {
  const units = BigInt(each * 1e4);
  return {
    ...tallied(variant, exposed, converted),
    value: String(BigInt(converted) * units),
    squares: String((BigInt(converted) * units * units * 3n) / 2n),
  };
}

/** One of each that the page has to show: won, undecided, broken, a bandit, and one that has not begun. */
export const SOME_RESULTS: readonly ExperimentResult[] = [
  resultOf(
    "hero-copy",
    {
      name: "The hero’s copy",
      variants: [
        { ...control, weight: 0.34 },
        { id: "bold", name: "Bold", weight: 0.33 },
        { id: "calm", name: "Calm & <b>plain</b>", weight: 0.33 },
      ],
      goal,
      holdout: 0.05,
    },
    [
      worth("control", 21_306, 2_262),
      worth("bold", 21_100, 3_894, 41),
      worth("calm", 20_987, 2_238),
      worth("holdout", 3_310, 350),
    ],
  ),
  resultOf(
    "free-delivery",
    { variants: [control, { id: "from-50", weight: 0.5 }], goal: { event: "Order Completed" } },
    [tallied("control", 812, 41), tallied("from-50", 790, 52)],
  ),
  resultOf("banner-tone", { variants: [control, { id: "short", weight: 0.5 }], goal }, [
    worth("control", 5_400, 300),
    worth("short", 4_600, 310),
  ]),
  resultOf(
    "cart-nudge",
    {
      variants: [control, { id: "urgent", weight: 0.5 }],
      goal: { event: "Checkout Started" },
      allocation: "bandit",
    },
    [tallied("control", 700, 60), tallied("urgent", 3_100, 340)],
  ),
  resultOf("winter-hero", { variants: [control, { id: "snow", weight: 0.5 }], goal, status: "draft" }, []),
];
