export { backtest } from "./run/backtest.ts";
export type { BacktestOptions, BacktestResult, SegmentFigures } from "./run/backtest.ts";
export type { Member } from "./run/member.ts";
export type { Watcher } from "./run/watcher.ts";
