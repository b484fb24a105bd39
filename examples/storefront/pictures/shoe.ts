import { at, closed, open, type Point } from "./path.ts";
import { ground, last, soles, type Last, type SoleName } from "./shoe-last.ts";
import { drawPanels } from "./shoe-panels.ts";
import { drawSole } from "./shoe-sole.ts";
import { studio, type BackdropName } from "./studio.ts";

export type Shoe = {
  kind: "shoe";
  backdrop: BackdropName;
  sole: SoleName;
  upper: string;
  overlay: string;
  accent: string;
  midsole: string;
  wedge: string;
  outsole: string;
  lining: string;
  lace: string;
  mark: "peaks" | "chevron" | "line";
};

const outline: Point[][] = [
  [
    [122, -14],
    [107, 40],
    [108, 92],
    [116, 136],
    [108, 168],
  ],
  [
    [108, 168],
    [124, 176],
    [150, 160],
    [196, 134],
    [244, 126],
    [288, 140],
    [322, 176],
  ],
  [
    [322, 176],
    [352, 168],
    [408, 138],
    [470, 108],
    [528, 90],
    [584, 80],
    [636, 68],
    [676, 46],
    [698, 14],
    [700, -14],
  ],
  [
    [640, -14],
    [560, -14],
    [480, -14],
    [400, -14],
    [320, -14],
    [240, -14],
    [180, -14],
  ],
];

export function drawShoe(shoe: Shoe): string {
  return studio(shoe.backdrop, { y: ground, width: 600, x: 396 }, shoeArt(shoe));
}

/** The shoe alone, for pictures that have their own setting; needs the studio's paints. */
export function shoeArt(shoe: Shoe): string {
  const sole = soles[shoe.sole];
  const shape = last(sole);
  const upper = closed(...outline.map(shape.lift));
  return `<clipPath id="upper"><path d="${upper}"/></clipPath>
${drawInside(shoe, shape)}
<path d="${upper}" fill="${shoe.upper}"/>
<g clip-path="url(#upper)">${drawPanels(shoe, shape)}<path d="${upper}" fill="url(#form)"/></g>
${drawLaces(shoe, shape)}
${drawSole(shoe, sole, shape)}`;
}

/** The far collar, the lining and the tongue: everything seen behind the near side. */
function drawInside(shoe: Shoe, { lift }: Last): string {
  const lining = closed(
    lift([
      [110, 160],
      [128, 186],
      [170, 178],
      [220, 158],
      [270, 160],
      [318, 196],
      [340, 190],
      [330, 150],
      [240, 110],
      [150, 130],
    ]),
  );
  const tongue = closed(
    lift([
      [286, 150],
      [304, 196],
      [318, 226],
      [338, 234],
      [356, 222],
    ]),
    lift([
      [356, 222],
      [384, 184],
      [440, 146],
      [500, 116],
      [420, 110],
      [330, 120],
    ]),
  );
  const loop = open(
    lift([
      [110, 150],
      [92, 172],
      [98, 198],
      [120, 184],
    ]),
  );
  return `<path d="${loop}" fill="none" stroke="${shoe.accent}" stroke-width="9" stroke-linecap="round"/>
<path d="${lining}" fill="${shoe.lining}"/><path d="${lining}" fill="#0b1512" opacity=".28"/>
<path d="${tongue}" fill="${shoe.overlay}"/><path d="${tongue}" fill="url(#form)"/>
<path d="${open(
    lift([
      [322, 222],
      [338, 229],
      [350, 220],
    ]),
  )}" fill="none" stroke="${shoe.accent}" stroke-width="5" stroke-linecap="round"/>`;
}

function drawLaces({ lace, accent }: Shoe, { lift }: Last): string {
  const rungs: [Point, Point][] = [
    [
      [336, 152],
      [366, 196],
    ],
    [
      [374, 133],
      [400, 172],
    ],
    [
      [412, 113],
      [436, 150],
    ],
    [
      [450, 95],
      [472, 129],
    ],
    [
      [488, 81],
      [508, 109],
    ],
  ];
  const drawn = rungs.map(([low, high]) => {
    const [a, b] = lift([low, high]);
    return a && b
      ? `<path d="M${at(a)}L${at(b)}" stroke="#0b1512" stroke-opacity=".25" stroke-width="12" stroke-linecap="round" transform="translate(2 3)"/><path d="M${at(a)}L${at(b)}" stroke="${lace}" stroke-width="10" stroke-linecap="round"/><circle cx="${a[0]}" cy="${a[1]}" r="3.2" fill="${accent}"/>`
      : "";
  });
  const knot = open(
    lift([
      [366, 196],
      [390, 214],
      [402, 200],
      [384, 186],
      [366, 196],
    ]),
  );
  return `<path d="${knot}" fill="none" stroke="${lace}" stroke-width="7" stroke-linecap="round"/>${drawn.join("")}`;
}
