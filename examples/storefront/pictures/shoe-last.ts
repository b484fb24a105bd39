import type { Point } from "./path.ts";

export type SoleName = "daily" | "trail" | "max" | "racer";

export type Sole = { heel: number; fore: number; spring: number; lug: number; kick: number };

export const soles: Record<SoleName, Sole> = {
  daily: { heel: 82, fore: 58, spring: 34, lug: 0, kick: 10 },
  trail: { heel: 70, fore: 54, spring: 34, lug: 13, kick: 4 },
  max: { heel: 112, fore: 88, spring: 46, lug: 0, kick: 16 },
  racer: { heel: 92, fore: 60, spring: 52, lug: 0, kick: 34 },
};

export const ground = 585;
const [back, front] = [98, 708];
export const clamp = (value: number): number => Math.min(1, Math.max(0, value));
export const along = (x: number): number => (x - back) / (front - back);

/** Heights are measured from the foot bed, so that one upper fits every sole. */
export function last({ heel, fore, spring }: Sole) {
  const bed = (x: number): number => {
    const t = clamp((along(x) - 0.12) / 0.6);
    const drop = heel + (fore - heel) * t * t * (3 - 2 * t);
    return ground - drop - spring * clamp((along(x) - 0.66) / 0.34) ** 2;
  };
  const under = (x: number): number =>
    ground - spring * 1.5 * clamp((along(x) - 0.62) / 0.38) ** 2 - 26 * clamp((0.14 - along(x)) / 0.14) ** 2;
  const lift = (points: readonly Point[]): Point[] =>
    points.map(([x, height]): Point => [x, bed(x) - height]);
  return { bed, under, lift };
}

export type Last = ReturnType<typeof last>;

export const range = (from: number, to: number, steps: number): number[] =>
  Array.from({ length: steps + 1 }, (_, i) => from + ((to - from) * i) / steps);
