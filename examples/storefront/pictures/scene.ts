import { at, closed, open, type Point } from "./path.ts";
import { shoeArt, type Shoe } from "./shoe.ts";
import { paints } from "./studio.ts";

type Scene = {
  sky: readonly [top: string, middle: string, bottom: string];
  sun: { x: number; y: number; r: number; colour: string };
  ridges: readonly string[];
  seed: number;
  foreground: () => string;
};

const [width, height] = [1200, 900];

/** Rolling skyline: a few waves of a fixed phase, so that a scene always looks the same. */
function skyline(seed: number, base: number, rise: number): Point[] {
  return Array.from({ length: 41 }, (_, i): Point => {
    const x = -40 + i * 32;
    const wave =
      Math.sin(x / 190 + seed * 2.1) +
      0.55 * Math.sin(x / 83 + seed * 4.7) +
      0.22 * Math.sin(x / 37 + seed * 1.3);
    return [x, base - rise * wave];
  });
}

function ridge(points: Point[], colour: string): string {
  const hill = closed(points, [
    [1260, 940],
    [-60, 940],
  ]);
  return `<path d="${hill}" fill="${colour}"/><path d="${hill}" fill="url(#form)" opacity=".6"/><path d="${open(points)}" fill="none" stroke="#fff" stroke-opacity=".14" stroke-width="3"/>`;
}

function pines(points: readonly Point[], colour: string, scale = 1): string {
  return points
    .map(([x, y]) => {
      const h = (58 + ((x * 7) % 34)) * scale;
      const tier = (top: number, half: number): string =>
        `M${at([x, y - h + top])}L${at([x + half, y - h * 0.08 + top * 0.35])}L${at([x - half, y - h * 0.08 + top * 0.35])}Z`;
      return `<path d="${tier(0, h * 0.16)}${tier(h * 0.2, h * 0.22)}" fill="${colour}"/>`;
    })
    .join("");
}

function trail(colour: string): string {
  const left: Point[] = [
    [690, 900],
    [610, 830],
    [700, 770],
    [770, 725],
    [722, 690],
    [742, 668],
  ];
  const right: Point[] = [
    [748, 668],
    [742, 690],
    [812, 725],
    [772, 778],
    [724, 836],
    [860, 900],
  ];
  return `<path d="${closed(left, right)}" fill="${colour}"/>`;
}

const heroShoe: Shoe = {
  kind: "shoe",
  backdrop: "paper",
  sole: "trail",
  upper: "#d8703c",
  overlay: "#a34a22",
  accent: "#f7ead6",
  midsole: "#f7f1e6",
  wedge: "#e9dcc6",
  outsole: "#1d2623",
  lining: "#26332e",
  lace: "#f7ead6",
  mark: "peaks",
};

function shoeOnRock(): string {
  const rock = closed(
    [
      [120, 800],
      [200, 742],
      [420, 722],
      [700, 716],
      [960, 730],
      [1080, 780],
      [1130, 960],
    ],
    [
      [1130, 960],
      [60, 960],
      [120, 800],
    ],
  );
  return `<path d="${rock}" fill="#2b3b35"/><path d="${open([
    [120, 800],
    [200, 742],
    [420, 722],
    [700, 716],
    [960, 730],
    [1080, 780],
  ])}" fill="none" stroke="#7d968b" stroke-opacity=".6" stroke-width="5"/>
<path d="M330 760L420 900M700 740L640 900M900 750L980 900" stroke="#0b1512" stroke-opacity=".25" stroke-width="6" stroke-linecap="round"/>
<ellipse cx="606" cy="730" rx="380" ry="16" fill="#0b1512" opacity=".5" filter="url(#contact)"/><g transform="translate(44 -112) scale(1.42) rotate(-2 400 585)">${shoeArt(heroShoe)}</g>`;
}

function hut(): string {
  return `<path d="M806 690V620L866 572L926 620V690Z" fill="#2c2320"/><path d="M794 626L866 566L938 626" fill="none" stroke="#191412" stroke-width="13" stroke-linejoin="round" stroke-linecap="round"/>
<rect x="836" y="628" width="26" height="30" fill="#ffd98a"/><rect x="876" y="628" width="24" height="62" fill="#14100e"/><path d="M900 590V556h14v46" fill="#191412"/>
<circle cx="849" cy="643" r="70" fill="#ffd98a" opacity=".16" filter="url(#soft)"/>`;
}

function lake(): string {
  const glints = Array.from(
    { length: 9 },
    (_, i) =>
      `<path d="M${430 + ((i * 97) % 380)} ${706 + i * 17}h${60 + ((i * 53) % 120)}" stroke="#fff" stroke-opacity=".4" stroke-width="3" stroke-linecap="round"/>`,
  ).join("");
  return `<path d="M-20 690H1220V900H-20Z" fill="#8fb0b3"/><path d="M-20 690H1220V720H-20Z" fill="#fff" opacity=".22"/>${glints}
<path d="${closed(
    [
      [-40, 760],
      [120, 764],
      [280, 800],
      [380, 860],
      [420, 940],
    ],
    [[-40, 940]],
  )}" fill="#20332e"/>${pines(
    [
      [20, 770],
      [64, 772],
      [112, 774],
      [150, 780],
      [206, 794],
    ],
    "#20332e",
    1.5,
  )}`;
}

const scenes = {
  dawn: {
    sky: ["#b9cdd0", "#e6ddcb", "#f3d9bd"],
    sun: { x: 820, y: 330, r: 74, colour: "#fbeedb" },
    seed: 1.4,
    ridges: ["#b3c2bd", "#8fa79f", "#668378", "#3f6055", "#2a463d"],
    foreground: () =>
      `${trail("#d9c6a3")}${pines(
        [
          [90, 770],
          [140, 778],
          [178, 770],
          [240, 786],
          [1010, 742],
          [1060, 734],
          [1108, 742],
          [1150, 736],
        ],
        "#1c322b",
        1.5,
      )}`,
  },
  running: {
    sky: ["#dfb796", "#f0d3b0", "#f7e4c8"],
    sun: { x: 930, y: 250, r: 92, colour: "#fff4de" },
    seed: 3.1,
    ridges: ["#d3b79f", "#b0a08c", "#83897a", "#57695d"],
    foreground: shoeOnRock,
  },
  thanks: {
    sky: ["#3d4b63", "#8c7686", "#e6a57e"],
    sun: { x: 380, y: 520, r: 66, colour: "#ffd9a6" },
    seed: 0.4,
    ridges: ["#8a7285", "#655a70", "#47475a", "#333a47", "#222b31"],
    foreground: () =>
      `${hut()}${pines(
        [
          [700, 706],
          [742, 702],
          [980, 700],
          [1020, 706],
          [1066, 704],
          [120, 760],
          [166, 764],
        ],
        "#161d20",
        1.7,
      )}`,
  },
  lake: {
    sky: ["#c8d8da", "#dbe4e0", "#eee9dc"],
    sun: { x: 600, y: 330, r: 58, colour: "#fffaf0" },
    seed: 2.2,
    ridges: ["#c0cfcd", "#9db6b3", "#769795", "#4f746f"],
    foreground: lake,
  },
} satisfies Record<string, Scene>;

export type SceneName = keyof typeof scenes;

export const isScene = (name: string): name is SceneName => Object.hasOwn(scenes, name);

export function drawScene(name: SceneName): string {
  const { sky, sun, ridges, seed, foreground }: Scene = scenes[name];
  const hills = ridges.map((colour, i) => {
    const depth = (i + 1) / ridges.length;
    return ridge(skyline(seed + i * 1.7, 380 + 330 * depth, 52 - 22 * depth), colour);
  });
  return `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 ${width} ${height}" width="${width}" height="${height}" preserveAspectRatio="xMidYMid slice">
<defs><linearGradient id="sky" x1="0" y1="0" x2="0" y2="1"><stop offset="0" stop-color="${sky[0]}"/><stop offset=".45" stop-color="${sky[1]}"/><stop offset=".75" stop-color="${sky[2]}"/></linearGradient>
<filter id="glow" x="-100%" y="-100%" width="300%" height="300%"><feGaussianBlur stdDeviation="50"/></filter>
${paints}</defs>
<rect width="${width}" height="${height}" fill="url(#sky)"/>
<circle cx="${sun.x}" cy="${sun.y}" r="${sun.r * 2}" fill="${sun.colour}" opacity=".7" filter="url(#glow)"/><circle cx="${sun.x}" cy="${sun.y}" r="${sun.r}" fill="${sun.colour}"/>
${hills.join("\n")}
${foreground()}
</svg>`;
}
