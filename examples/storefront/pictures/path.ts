export type Point = readonly [x: number, y: number];

const round = (value: number): number => Math.round(value * 10) / 10;

export const at = ([x, y]: Point): string => `${round(x)} ${round(y)}`;

/** Bézier segments through the points (Catmull-Rom), to be appended to a path that stands on the first one. */
export function through(points: readonly Point[]): string {
  let path = "";
  for (let i = 0; i < points.length - 1; i++) {
    const [before, from, to, after] = [
      points[i - 1] ?? points[i],
      points[i],
      points[i + 1],
      points[i + 2] ?? points[i + 1],
    ];
    if (!before || !from || !to || !after) continue;
    const one: Point = [from[0] + (to[0] - before[0]) / 6, from[1] + (to[1] - before[1]) / 6];
    const two: Point = [to[0] - (after[0] - from[0]) / 6, to[1] - (after[1] - from[1]) / 6];
    path += `C${at(one)} ${at(two)} ${at(to)}`;
  }
  return path;
}

/** An open path of smooth runs; runs meet in corners. */
export function open(...runs: readonly (readonly Point[])[]): string {
  let path = "";
  for (const run of runs) {
    const [first] = run;
    if (first) path += `${path === "" ? "M" : "L"}${at(first)}${through(run)}`;
  }
  return path;
}

export const closed = (...runs: readonly (readonly Point[])[]): string => `${open(...runs)}Z`;

export const mirror = (points: readonly Point[], axis = 400): Point[] =>
  points.map(([x, y]): Point => [2 * axis - x, y]).reverse();
