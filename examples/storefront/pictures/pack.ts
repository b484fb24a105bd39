import { closed, mirror, open, type Point } from "./path.ts";
import { peaks, studio, type BackdropName } from "./studio.ts";

export type Pack = {
  kind: "pack";
  backdrop: BackdropName;
  build: "day" | "lid" | "roll" | "belt";
  body: string;
  panel: string;
  accent: string;
  strap: string;
};

const body: Point[] = [
  [400, 668],
  [318, 664],
  [268, 640],
  [246, 560],
  [244, 440],
  [256, 320],
  [276, 238],
  [320, 198],
  [400, 188],
];
const outline = closed(body, mirror(body));

export function drawPack(pack: Pack): string {
  if (pack.build === "belt") return drawBelt(pack);
  const art = `<clipPath id="body"><path d="${outline}"/></clipPath>
${drawStraps(pack)}${drawFlask(pack)}
<path d="${outline}" fill="${pack.body}"/>
<g clip-path="url(#body)"><path d="${outline}" fill="url(#weave)" opacity=".3"/>${drawSidePockets(pack)}${drawFront(pack)}
<path d="${outline}" fill="url(#turn)"/><path d="${outline}" fill="url(#form)" opacity=".7"/></g>
${drawTop(pack)}${peaks(400, 560, 30, pack.accent)}`;
  return studio(pack.backdrop, { y: 668, width: 350 }, art);
}

function drawStraps({ strap, accent }: Pack): string {
  const left: Point[] = [
    [290, 236],
    [236, 262],
    [210, 360],
    [208, 480],
    [226, 580],
    [262, 626],
  ];
  const webbing = (points: Point[]): string =>
    `<path d="${open(points)}" fill="none" stroke="${strap}" stroke-width="26" stroke-linecap="round"/><path d="${open(points)}" fill="none" stroke="#fff" stroke-opacity=".1" stroke-width="4"/>`;
  return `${webbing(left)}${webbing(mirror(left))}
<path d="M362 196C362 150 378 138 400 138S438 150 438 196" fill="none" stroke="${strap}" stroke-width="13" stroke-linecap="round"/>
<path d="M372 150C380 139 420 139 428 150" fill="none" stroke="${accent}" stroke-width="13"/>`;
}

function drawFlask({ accent }: Pack): string {
  return `<g transform="rotate(6 566 400)"><rect x="532" y="358" width="46" height="200" rx="16" fill="#e9efec"/><rect x="532" y="358" width="46" height="200" rx="16" fill="url(#turn)"/>
<rect x="538" y="326" width="34" height="38" rx="7" fill="${accent}"/><rect x="548" y="310" width="14" height="20" rx="5" fill="#2a2f2c"/></g>`;
}

function drawSidePockets({ panel }: Pack): string {
  const pocket: Point[] = [
    [230, 470],
    [276, 486],
    [300, 520],
    [306, 690],
  ];
  const one = (points: Point[], ends: Point[]): string =>
    `<path d="${closed(points, ends)}" fill="${panel}"/><path d="${closed(points, ends)}" fill="url(#mesh)" opacity=".22"/><path d="${open(points)}" fill="none" stroke="#0b1512" stroke-opacity=".3" stroke-width="5"/>`;
  return one(pocket, [[220, 700]]) + one(mirror(pocket), [[580, 700]]);
}

function drawFront(pack: Pack): string {
  const half: Point[] = [
    [400, 650],
    [336, 646],
    [314, 620],
    [308, 540],
    [312, 456],
    [330, 428],
    [400, 422],
  ];
  const pocket = closed(half, mirror(half));
  const cord: Point[] = [
    [334, 300],
    [466, 336],
    [334, 372],
    [466, 408],
  ];
  const eyelets = [
    ...cord,
    [466, 300] as Point,
    [334, 336] as Point,
    [466, 372] as Point,
    [334, 408] as Point,
  ];
  const line = (points: Point[]): string =>
    `<path d="M${points.map((p) => p.join(" ")).join("L")}" fill="none" stroke="${pack.accent}" stroke-width="6" stroke-linejoin="round"/>`;
  const lacing =
    pack.build === "lid"
      ? ""
      : line(cord) +
        line(mirror(cord).reverse()) +
        eyelets.map(([x, y]) => `<circle cx="${x}" cy="${y}" r="8" fill="${pack.strap}"/>`).join("");
  return `<path d="${open([
    [262, 296],
    [330, 268],
    [400, 262],
    [470, 268],
    [538, 296],
  ])}" fill="none" stroke="#0b1512" stroke-opacity=".3" stroke-width="3"/>${lacing}
<path d="${pocket}" fill="#0b1512" opacity=".18" transform="translate(0 6)"/><path d="${pocket}" fill="${pack.panel}"/><path d="${pocket}" fill="url(#weave)" opacity=".3"/>
<path d="${pocket}" fill="none" stroke="#fff" stroke-opacity=".28" stroke-width="2" stroke-dasharray="6 5"/>
<path d="${open([
    [336, 470],
    [400, 464],
    [464, 470],
  ])}" fill="none" stroke="#0b1512" stroke-opacity=".5" stroke-width="7"/><path d="${open([
    [336, 470],
    [400, 464],
    [464, 470],
  ])}" fill="none" stroke="${pack.accent}" stroke-width="3"/>
<path d="M464 470l16 16" stroke="${pack.accent}" stroke-width="7" stroke-linecap="round"/>`;
}

function drawTop(pack: Pack): string {
  if (pack.build === "day") {
    const zip = open([
      [272, 300],
      [290, 244],
      [330, 216],
      [400, 208],
      [470, 216],
      [510, 244],
      [528, 300],
    ]);
    return `<path d="${zip}" fill="none" stroke="#0b1512" stroke-opacity=".45" stroke-width="9"/><path d="${zip}" fill="none" stroke="${pack.accent}" stroke-width="3.5"/><path d="M330 216l-10 26" stroke="${pack.accent}" stroke-width="8" stroke-linecap="round"/>`;
  }
  const roll = pack.build === "roll";
  const half: Point[] = roll
    ? [
        [400, 262],
        [300, 262],
        [262, 254],
        [256, 226],
        [266, 204],
        [400, 198],
      ]
    : [
        [400, 330],
        [320, 330],
        [270, 314],
        [256, 262],
        [272, 212],
        [322, 188],
        [400, 182],
      ];
  const lid = closed(half, mirror(half));
  const buckle = (x: number, to: number): string =>
    `<path d="M${x} ${roll ? 200 : 300}V${to}" stroke="${pack.strap}" stroke-width="15"/><rect x="${x - 15}" y="${to - 44}" width="30" height="36" rx="6" fill="#20262a"/><rect x="${x - 8}" y="${to - 34}" width="16" height="6" rx="2" fill="#5b656a"/>`;
  const ridges = roll
    ? `<path d="M262 222H538M260 242H540" stroke="#0b1512" stroke-opacity=".25" stroke-width="3"/>`
    : `<path d="${open([
        [300, 296],
        [400, 304],
        [500, 296],
      ])}" fill="none" stroke="${pack.accent}" stroke-width="4"/>`;
  return `<path d="${lid}" fill="#0b1512" opacity=".22" transform="translate(0 10)"/><path d="${lid}" fill="${pack.panel}"/><path d="${lid}" fill="url(#weave)" opacity=".3"/>${ridges}<path d="${lid}" fill="url(#turn)"/><path d="${lid}" fill="url(#form)" opacity=".6"/>${buckle(roll ? 330 : 340, roll ? 360 : 412)}${buckle(roll ? 470 : 460, roll ? 360 : 412)}`;
}

function drawBelt(pack: Pack): string {
  const half: Point[] = [
    [400, 556],
    [300, 550],
    [232, 520],
    [214, 462],
    [240, 412],
    [310, 392],
    [400, 388],
  ];
  const pouch = closed(half, mirror(half));
  const loop = open([
    [226, 440],
    [140, 398],
    [128, 330],
    [230, 284],
    [400, 270],
    [570, 284],
    [672, 330],
    [660, 398],
    [574, 440],
  ]);
  const zip = open([
    [244, 440],
    [320, 420],
    [400, 416],
    [480, 420],
    [556, 440],
  ]);
  const art = `<path d="${loop}" fill="none" stroke="${pack.strap}" stroke-width="30" stroke-linecap="round"/><path d="${loop}" fill="none" stroke="#fff" stroke-opacity=".14" stroke-width="3" stroke-dasharray="7 6"/>
<rect x="352" y="246" width="96" height="48" rx="10" fill="#20262a"/><path d="M376 258v24M424 258v24" stroke="#5b656a" stroke-width="6" stroke-linecap="round"/>
<clipPath id="body"><path d="${pouch}"/></clipPath><path d="${pouch}" fill="${pack.body}"/><g clip-path="url(#body)"><path d="${closed(
    [
      [200, 470],
      [400, 452],
      [600, 470],
    ],
    [
      [600, 600],
      [200, 600],
    ],
  )}" fill="${pack.panel}"/>
<path d="${pouch}" fill="url(#weave)" opacity=".3"/><path d="${pouch}" fill="url(#turn)"/><path d="${pouch}" fill="url(#form)"/></g>
<path d="${zip}" fill="none" stroke="#0b1512" stroke-opacity=".5" stroke-width="9"/><path d="${zip}" fill="none" stroke="${pack.accent}" stroke-width="4"/><path d="M548 438l26 22" stroke="${pack.accent}" stroke-width="9" stroke-linecap="round"/>${peaks(400, 506, 28, pack.accent)}`;
  return studio(pack.backdrop, { y: 560, width: 400 }, art);
}
