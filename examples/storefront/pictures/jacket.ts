import { closed, mirror, open, type Point } from "./path.ts";
import { peaks, studio, type BackdropName } from "./studio.ts";

export type Jacket = {
  kind: "jacket";
  backdrop: BackdropName;
  cut: "shell" | "insulated" | "wind" | "gilet";
  body: string;
  yoke: string;
  lining: string;
  zip: string;
};

const side: Point[] = [
  [318, 196],
  [288, 214],
  [262, 238],
  [258, 300],
  [262, 400],
  [256, 520],
  [258, 636],
];
const sleeve: Point[] = [
  [292, 210],
  [244, 232],
  [210, 276],
  [190, 360],
  [172, 470],
  [158, 590],
  [160, 606],
];
const cuff: Point[] = [
  [160, 606],
  [184, 616],
  [216, 612],
];
const inseam: Point[] = [
  [216, 612],
  [236, 520],
  [254, 420],
  [268, 330],
];

export function drawJacket(jacket: Jacket): string {
  const body = closed(
    side,
    [
      [258, 636],
      [330, 648],
      [400, 650],
      [470, 648],
      [542, 636],
    ],
    mirror(side),
    [
      [482, 196],
      [440, 212],
      [400, 216],
      [360, 212],
      [318, 196],
    ],
  );
  const art = `<clipPath id="body"><path d="${body}"/></clipPath>
${jacket.cut === "gilet" ? "" : drawSleeves(jacket)}
${drawBack(jacket)}
<path d="${body}" fill="${jacket.body}"/>
<g clip-path="url(#body)">${drawBody(jacket)}<path d="${body}" fill="url(#turn)"/><path d="${body}" fill="url(#form)" opacity=".8"/></g>
${drawCollar(jacket)}${drawZip(jacket)}${peaks(468, 312, 20, jacket.zip)}`;
  return studio(jacket.backdrop, { y: 712, width: 380 }, art);
}

function drawSleeves(jacket: Jacket): string {
  const left = closed(sleeve, cuff, inseam);
  const right = closed(mirror(inseam), mirror(cuff), mirror(sleeve));
  const shoulder: Point[] = [
    [330, 180],
    [230, 220],
    [196, 330],
    [250, 318],
    [290, 290],
  ];
  const one = (
    path: string,
    id: string,
    over: Point[],
    seams: string,
  ): string => `<clipPath id="${id}"><path d="${path}"/></clipPath>
<path d="${path}" fill="${jacket.body}"/><g clip-path="url(#${id})">${jacket.cut === "insulated" ? "" : `<path d="${closed(over)}" fill="${jacket.yoke}"/>`}${seams}
<path d="${path}" fill="url(#turn)"/><path d="${path}" fill="#0b1512" opacity=".1"/></g>`;
  const band = open([
    [150, 582],
    [186, 594],
    [228, 588],
  ]);
  const otherBand = open(
    mirror([
      [150, 582],
      [186, 594],
      [228, 588],
    ]),
  );
  const line = (d: string, width: number, opacity: number): string =>
    `<path d="${d}" fill="none" stroke="#0b1512" stroke-opacity="${opacity}" stroke-width="${width}"/>`;
  const puffs = jacket.cut === "insulated" ? baffles(120, 300) : "";
  const otherPuffs = jacket.cut === "insulated" ? baffles(500, 680) : "";
  return (
    one(left, "left", shoulder, puffs + line(band, 2.5, 0.3)) +
    one(right, "right", mirror(shoulder), otherPuffs + line(otherBand, 2.5, 0.3))
  );
}

/** Quilting: a dark seam with the light catching the fabric that rolls out below it. */
function baffles(from: number, to: number): string {
  const middle = (from + to) / 2;
  return Array.from({ length: 9 }, (_, i) => {
    const y = 262 + i * 46;
    const seam = open([
      [from, y - 4],
      [middle, y + 6],
      [to, y - 4],
    ]);
    return `<path d="${seam}" fill="none" stroke="#fff" stroke-opacity=".16" stroke-width="16" transform="translate(0 14)"/>
<path d="${seam}" fill="none" stroke="#0b1512" stroke-opacity=".14" stroke-width="12" transform="translate(0 -7)"/>
<path d="${seam}" fill="none" stroke="#0b1512" stroke-opacity=".42" stroke-width="2.5"/>`;
  }).join("");
}

/** Soft creases where the cloth hangs. */
function drawFolds(): string {
  const fold = (points: Point[]): string =>
    `<path d="${open(points)}" fill="none" stroke="#0b1512" stroke-opacity=".13" stroke-width="9" stroke-linecap="round"/>`;
  const creases: Point[][] = [
    [
      [300, 610],
      [322, 540],
      [318, 480],
    ],
    [
      [508, 606],
      [490, 530],
      [496, 470],
    ],
    [
      [276, 380],
      [300, 350],
      [306, 320],
    ],
  ];
  return creases.map(fold).join("");
}

function drawBody(jacket: Jacket): string {
  if (jacket.cut === "insulated") return baffles(240, 560);
  const low = jacket.cut === "wind" ? 372 : 308;
  const yoke = closed(
    [
      [220, low - 10],
      [310, low],
      [400, low + 6],
    ],
    [
      [400, low + 6],
      [490, low],
      [580, low - 10],
    ],
    [
      [580, 150],
      [220, 150],
    ],
  );
  const pocket: Point[] = [
    [292, 470],
    [316, 420],
    [322, 404],
  ];
  const seam = (d: string): string =>
    `<path d="${d}" fill="none" stroke="${jacket.zip}" stroke-width="5" stroke-linecap="round"/>`;
  const shine =
    jacket.cut === "gilet"
      ? `<path d="${open([
          [240, 560],
          [400, 572],
          [560, 560],
        ])}" fill="none" stroke="#f5f6ee" stroke-width="18"/>`
      : "";
  return `<path d="${yoke}" fill="${jacket.yoke}"/>${shine}
<path d="${open([
    [220, low - 10],
    [310, low],
    [400, low + 6],
    [490, low],
    [580, low - 10],
  ])}" fill="none" stroke="#0b1512" stroke-opacity=".22" stroke-width="2.5"/>
${drawFolds()}
${seam(open(pocket))}${seam(open(mirror(pocket)))}
<path d="${open([
    [256, 618],
    [330, 630],
    [400, 632],
    [470, 630],
    [544, 618],
  ])}" fill="none" stroke="#0b1512" stroke-opacity=".25" stroke-width="2.5"/>`;
}

const hooded = (cut: Jacket["cut"]): boolean => cut === "shell" || cut === "insulated";

/** What the open neck shows: the inside of the hood or of the collar. */
function drawBack(jacket: Jacket): string {
  if (!hooded(jacket.cut))
    return `<path d="${closed([
      [332, 202],
      [334, 160],
      [366, 150],
      [400, 148],
      [434, 150],
      [466, 160],
      [468, 202],
      [400, 226],
    ])}" fill="${jacket.lining}"/>`;
  const hood = closed([
    [312, 204],
    [304, 158],
    [322, 108],
    [360, 80],
    [400, 74],
    [440, 80],
    [478, 108],
    [496, 158],
    [488, 204],
    [400, 226],
    [312, 204],
  ]);
  const inside = closed([
    [346, 214],
    [336, 164],
    [352, 124],
    [400, 108],
    [448, 124],
    [464, 164],
    [454, 214],
    [400, 232],
    [346, 214],
  ]);
  return `<path d="${hood}" fill="${jacket.cut === "insulated" ? jacket.body : jacket.yoke}"/><path d="${hood}" fill="url(#turn)"/>
<path d="${open([
    [400, 74],
    [400, 108],
  ])}" stroke="#0b1512" stroke-opacity=".3" stroke-width="2.5"/>
<path d="${inside}" fill="${jacket.lining}"/><path d="${inside}" fill="#0b1512" opacity=".3"/>
<path d="${inside}" fill="none" stroke="#0b1512" stroke-opacity=".3" stroke-width="4"/>`;
}

function drawCollar(jacket: Jacket): string {
  const half: Point[] = [
    [400, 262],
    [396, 226],
    [368, 196],
    [336, 168],
  ];
  const left = closed(
    half,
    [
      [336, 168],
      [318, 196],
      [312, 210],
    ],
    [
      [312, 210],
      [340, 246],
      [400, 262],
    ],
  );
  const right = closed(
    mirror(half),
    [
      [464, 168],
      [482, 196],
      [488, 210],
    ],
    [
      [488, 210],
      [460, 246],
      [400, 262],
    ],
  );
  const colour = jacket.cut === "insulated" ? jacket.body : jacket.yoke;
  return [left, right]
    .map(
      (d) =>
        `<path d="${d}" fill="${colour}"/><path d="${d}" fill="#fff" opacity=".07"/><path d="${d}" fill="none" stroke="#0b1512" stroke-opacity=".22" stroke-width="2.5"/>`,
    )
    .join("");
}

function drawZip({ zip }: Jacket): string {
  return `<path d="M400 252V648" stroke="#0b1512" stroke-opacity=".35" stroke-width="9"/><path d="M400 252V648" stroke="${zip}" stroke-width="5"/>
<rect x="395" y="250" width="10" height="34" rx="4" fill="${zip}" stroke="#0b1512" stroke-opacity=".35"/>`;
}
