import { closed, mirror, open, type Point } from "./path.ts";
import { drawBeanie, drawSocks } from "./knitwear.ts";
import { peaks, shade, studio, type BackdropName } from "./studio.ts";

export type Accessory = {
  kind: "accessory";
  backdrop: BackdropName;
  item: "flask" | "cap" | "socks" | "lamp" | "beanie";
  main: string;
  second: string;
  accent: string;
};

export function drawAccessory(accessory: Accessory): string {
  return drawings[accessory.item](accessory);
}

const drawings: Record<Accessory["item"], (accessory: Accessory) => string> = {
  flask: drawFlask,
  cap: drawCap,
  socks: drawSocks,
  lamp: drawLamp,
  beanie: drawBeanie,
};

function drawFlask({ backdrop, main, second, accent }: Accessory): string {
  const half: Point[] = [
    [400, 664],
    [334, 662],
    [310, 644],
    [306, 560],
    [308, 470],
    [328, 430],
    [312, 384],
    [308, 316],
    [330, 274],
    [400, 268],
  ];
  const body = closed(half, mirror(half));
  const marks = Array.from(
    { length: 5 },
    (_, i) =>
      `<path d="M${i % 2 ? 466 : 456} ${590 - i * 40}H482" stroke="${second}" stroke-width="4" stroke-linecap="round"/>`,
  ).join("");
  const art = `<clipPath id="body"><path d="${body}"/></clipPath><path d="${body}" fill="${main}"/><g clip-path="url(#body)">
<path d="${closed(
    [
      [280, 372],
      [350, 364],
      [430, 376],
      [520, 366],
    ],
    [
      [520, 700],
      [280, 700],
    ],
  )}" fill="${second}" opacity=".3"/>
<path d="M334 300C322 360 344 420 330 470S326 600 334 640" fill="none" stroke="#fff" stroke-opacity=".6" stroke-width="12" stroke-linecap="round"/>${marks}${shade(body)}</g>
${peaks(392, 520, 36, second)}
<rect x="336" y="216" width="128" height="62" rx="12" fill="${accent}"/><path d="M356 222v50M378 222v50M400 222v50M422 222v50M444 222v50" stroke="#0b1512" stroke-opacity=".22" stroke-width="4"/>
<rect x="336" y="216" width="128" height="62" rx="12" fill="url(#turn)"/><path d="M366 216V192Q366 180 378 180H422Q434 180 434 192V216Z" fill="#2a2f2c"/><path d="M382 180V146Q382 132 400 132T418 146V180Z" fill="${accent}"/><path d="M382 180V146Q382 132 400 132T418 146V180Z" fill="url(#turn)"/>`;
  return studio(backdrop, { y: 664, width: 230 }, art);
}

const capCrown = closed(
  [
    [190, 500],
    [188, 410],
    [226, 318],
    [310, 264],
    [398, 256],
    [480, 286],
    [532, 352],
    [548, 440],
    [546, 486],
  ],
  [
    [546, 486],
    [430, 500],
    [300, 514],
    [190, 500],
  ],
);

const capBrim = closed(
  [
    [366, 510],
    [450, 484],
    [546, 476],
    [636, 496],
    [700, 540],
    [708, 560],
  ],
  [
    [708, 560],
    [640, 546],
    [550, 532],
    [460, 530],
    [382, 540],
    [366, 510],
  ],
);

const capPanel = closed(
  [
    [318, 262],
    [300, 340],
    [296, 430],
    [302, 520],
  ],
  [
    [302, 520],
    [180, 520],
    [170, 400],
    [230, 290],
    [318, 262],
  ],
);

function drawCap({ backdrop, main, second, accent }: Accessory): string {
  const art = `<clipPath id="crown"><path d="${capCrown}"/></clipPath><path d="${capCrown}" fill="${main}"/><g clip-path="url(#crown)"><path d="${capPanel}" fill="${second}"/><path d="${capPanel}" fill="url(#mesh)" opacity=".3"/>
<path d="${open([
    [398, 250],
    [442, 330],
    [460, 420],
    [458, 500],
  ])}" fill="none" stroke="#0b1512" stroke-opacity=".25" stroke-width="2.5"/>
<path d="${open([
    [318, 262],
    [300, 340],
    [296, 430],
    [302, 520],
  ])}" fill="none" stroke="#0b1512" stroke-opacity=".3" stroke-width="3"/>
<path d="${open([
    [180, 486],
    [300, 496],
    [430, 482],
    [560, 468],
  ])}" fill="none" stroke="#fff" stroke-opacity=".35" stroke-width="2" stroke-dasharray="6 5"/>${shade(capCrown)}</g>
<path d="${capBrim}" fill="${accent}"/><path d="${open([
    [384, 518],
    [460, 500],
    [546, 494],
    [630, 512],
    [690, 546],
  ])}" fill="none" stroke="#fff" stroke-opacity=".4" stroke-width="2" stroke-dasharray="6 5"/>${shade(capBrim)}
<ellipse cx="392" cy="256" rx="17" ry="8" fill="${accent}"/><path d="M192 470C170 476 160 492 172 504L214 512" fill="none" stroke="${accent}" stroke-width="12" stroke-linecap="round"/>${peaks(386, 396, 40, accent)}`;
  return studio(backdrop, { y: 548, width: 470, x: 410 }, art);
}

function drawLamp({ backdrop, main, second, accent }: Accessory): string {
  const band = closed(
    [
      [150, 470],
      [150, 396],
      [210, 332],
      [400, 300],
      [590, 332],
      [650, 396],
      [650, 470],
    ],
    [
      [650, 470],
      [596, 420],
      [400, 386],
      [204, 420],
      [150, 470],
    ],
  );
  const front = closed(
    [
      [150, 400],
      [190, 470],
      [290, 512],
      [400, 522],
      [510, 512],
      [610, 470],
      [650, 400],
    ],
    [
      [650, 400],
      [650, 470],
      [610, 540],
      [510, 584],
      [400, 594],
      [290, 584],
      [190, 540],
      [150, 470],
      [150, 400],
    ],
  );
  const weave = Array.from(
    { length: 3 },
    (_, i) =>
      `<path d="${open([
        [150, 424 + i * 16],
        [190, 492 + i * 18],
        [290, 532 + i * 18],
        [400, 542 + i * 18],
        [510, 532 + i * 18],
        [610, 492 + i * 18],
        [650, 424 + i * 16],
      ])}" fill="none" stroke="${i === 1 ? accent : second}" stroke-width="${i === 1 ? 7 : 3}"/>`,
  ).join("");
  const art = `<path d="${band}" fill="${second}"/><path d="${band}" fill="#0b1512" opacity=".25"/><path d="${front}" fill="${main}"/>${weave}${shade(front)}
<rect x="296" y="448" width="208" height="166" rx="40" fill="#20262a"/><rect x="296" y="448" width="208" height="166" rx="40" fill="url(#form)"/><rect x="312" y="464" width="176" height="120" rx="30" fill="${second}"/>
<circle cx="366" cy="524" r="44" fill="#0f1513"/><circle cx="366" cy="524" r="34" fill="#f7f2dd"/><circle cx="366" cy="524" r="34" fill="none" stroke="#c9c2a4" stroke-width="5"/><circle cx="366" cy="524" r="14" fill="#fffdf2"/><path d="M346 512a26 26 0 0 1 24-14" fill="none" stroke="#fff" stroke-width="6" stroke-linecap="round"/>
<circle cx="448" cy="524" r="24" fill="#0f1513"/><circle cx="448" cy="524" r="17" fill="#ece3c0"/><rect x="372" y="438" width="56" height="16" rx="8" fill="${accent}"/>`;
  return studio(backdrop, { y: 612, width: 470 }, art);
}
