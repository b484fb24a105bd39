import { at, closed, open, type Point } from "./path.ts";
import { along, clamp, ground, range, type Last, type Sole } from "./shoe-last.ts";
import type { Shoe } from "./shoe.ts";

export function drawSole(shoe: Shoe, sole: Sole, { bed, under }: Last): string {
  const rim = (x: number): number =>
    bed(x) - 6 - 10 * clamp((0.3 - along(x)) / 0.3) - 7 * clamp((along(x) - 0.8) / 0.2);
  const top = range(104, 700, 26).map((x): Point => [x, rim(x)]);
  const bottom = range(690, 132, 26).map((x): Point => [x, under(x)]);
  const toe: Point[] = [
    [700, rim(700)],
    [715, bed(700) + 8],
    [712, under(690) - 12],
    [690, under(690)],
  ];
  const heel: Point[] = [
    [132, under(132)],
    [104 - sole.kick * 0.6, ground - 34],
    [94 - sole.kick, ground - sole.heel * 0.62],
    [104, rim(104)],
  ];
  const midsole = closed(top, toe, bottom, heel);
  const groove = range(120, 560, 14).map((x): Point => [
    x,
    bed(x) + sole.heel * (0.36 + 0.16 * Math.sin(along(x) * 7)),
  ]);
  const wedge = closed(groove.slice(0, 7), [
    [420, bed(420) + sole.heel * 0.62],
    [560, ground],
    [560, ground + 30],
    [40, ground + 30],
    [40, bed(100) + 30],
  ]);
  const tread = range(690, 132, 26).map((x): Point => [x, under(x) - 11]);
  const band = closed([...bottom].reverse(), tread);
  return `<clipPath id="sole"><path d="${midsole}"/></clipPath>
<path d="${midsole}" fill="${shoe.midsole}"/><g clip-path="url(#sole)"><path d="${wedge}" fill="${shoe.wedge}"/>
<path d="${open(groove)}" fill="none" stroke="#0b1512" stroke-opacity=".16" stroke-width="5" stroke-linecap="round" transform="translate(0 2)"/>
<path d="${open(top.map(([x, y]): Point => [x, y + 9]))}" fill="none" stroke="#fff" stroke-opacity=".35" stroke-width="3"/>
<path d="${band}" fill="${shoe.outsole}"/><path d="${midsole}" fill="url(#form)" opacity=".75"/></g>
<path d="${open(top)}" fill="none" stroke="#0b1512" stroke-opacity=".2" stroke-width="2"/>${drawLugs(shoe, sole, under)}`;
}

function drawLugs({ outsole }: Shoe, { lug }: Sole, under: Last["under"]): string {
  if (lug === 0) return "";
  return range(146, 668, 15)
    .map((x) => {
      const y = under(x);
      const tilt = x > 400 ? 5 : -5;
      return `<path d="M${at([x - 14, y - 8])}L${at([x + 14, y - 8])}L${at([x + 9 + tilt, y + lug])}L${at([x - 9 + tilt, y + lug])}Z" fill="${outsole}"/>`;
    })
    .join("");
}
