import { at, closed, open, type Point } from "./path.ts";
import type { Last } from "./shoe-last.ts";
import type { Shoe } from "./shoe.ts";

const counter: Point[] = [
  [80, -30],
  [84, 100],
  [96, 128],
  [140, 112],
  [184, 74],
  [214, 30],
  [262, -30],
];
const cap: Point[] = [
  [548, -30],
  [590, 14],
  [626, 40],
  [664, 58],
  [720, 60],
  [740, -30],
];
const collar: Point[] = [
  [108, 156],
  [126, 164],
  [152, 148],
  [197, 122],
  [244, 114],
  [286, 127],
  [318, 160],
];
const collarSeam: Point[] = [
  [108, 140],
  [150, 133],
  [196, 108],
  [244, 101],
  [292, 115],
];
const stay: Point[] = [
  [300, 140],
  [326, 158],
  [354, 150],
  [410, 120],
  [470, 91],
  [524, 74],
];

const stitches: Point[][] = [
  [
    [96, 122],
    [140, 106],
    [179, 70],
    [208, 28],
    [252, -30],
  ],
  [
    [556, -30],
    [594, 8],
    [630, 33],
    [666, 51],
    [720, 54],
  ],
  [
    [296, 116],
    [326, 136],
    [352, 130],
    [406, 101],
    [466, 72],
    [534, 56],
  ],
];

/** What is sewn onto the mesh: the mark, the heel counter, the toe cap, the lace stay and the collar. */
export function drawPanels(shoe: Shoe, { lift }: Last): string {
  const stroke = (points: Point[], colour: string, width: number): string =>
    `<path d="${open(lift(points))}" fill="none" stroke="${colour}" stroke-width="${width}" stroke-linejoin="round"/>`;
  const sewn = stitches.map(
    (points) =>
      `<path d="${open(lift(points))}" fill="none" stroke="#fff" stroke-opacity=".5" stroke-width="1.8" stroke-dasharray="5 4"/>`,
  );
  return `<rect x="60" y="200" width="700" height="460" fill="url(#mesh)" opacity=".13"/>
${drawMark(shoe, lift)}
<path d="${closed(lift(counter))}" fill="${shoe.overlay}"/><path d="${closed(lift(cap))}" fill="${shoe.overlay}"/>
${stroke(stay, shoe.overlay, 34)}${sewn.join("")}${stroke(collar, shoe.lining, 19)}
<path d="${open(lift(collarSeam))}" fill="none" stroke="#0b1512" stroke-opacity=".22" stroke-width="2"/>`;
}

function drawMark({ mark, accent }: Shoe, lift: Last["lift"]): string {
  const line = (points: Point[], width: number): string =>
    `<path d="M${lift(points).map(at).join("L")}" fill="none" stroke="${accent}" stroke-width="${width}" stroke-linejoin="round" stroke-linecap="round"/>`;
  if (mark === "peaks")
    return line(
      [
        [222, -16],
        [304, 84],
        [346, 42],
        [386, 78],
        [484, -16],
      ],
      17,
    );
  if (mark === "chevron")
    return (
      line(
        [
          [236, 96],
          [300, 40],
          [222, -16],
        ],
        17,
      ) +
      line(
        [
          [288, 104],
          [352, 44],
          [290, -16],
        ],
        8,
      )
    );
  const sweep = open(
    lift([
      [170, 60],
      [260, 34],
      [380, 36],
      [500, 62],
      [600, 74],
    ]),
  );
  return `<path d="${sweep}" fill="none" stroke="${accent}" stroke-width="12" stroke-linecap="round"/>`;
}
