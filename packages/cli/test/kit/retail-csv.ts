/** How many customers a made-up file has, and from which seed it is made. */
export interface RetailOptions {
  customers: number;
  seed: number;
}

const DAY = 86_400_000;
const START = Date.UTC(2010, 11, 1, 8);
const NAMES = [
  "WHITE METAL LANTERN",
  'RECORD FRAME 7"" SINGLE SIZE',
  "AIRLINE LOUNGE,METAL SIGN",
  "JUMBO BAG RED",
];
const HEADER = "InvoiceNo,StockCode,Description,Quantity,InvoiceDate,UnitPrice,CustomerID,Country";

/**
 * A file in the form of UCI's Online Retail, with all that makes it hard: refunds, guests, prices of 0, lines that are no
 * product, quotes in quoted names, invoices of which the lines are mixed or go on over a minute. The same for the same seed.
 */
export function retailCsv({ customers, seed }: RetailOptions): string {
  let state = seed;
  const random = (below: number): number => {
    state = (Math.imul(state, 1_664_525) + 1_013_904_223) >>> 0;
    return Math.floor((state / 2 ** 32) * below);
  };
  const lines: [at: number, number: number, text: string][] = [];
  let invoice = 536_365;
  for (let customer = 12_346; customer < 12_346 + customers; customer++) {
    let at = START + random(300) * DAY + random(9 * 60) * 60_000;
    for (let orders = random(9); orders >= 0; orders--, at += random(110) * DAY + random(400) * 60_000) {
      const number = `${random(12) === 0 ? "C" : ""}${invoice++}`;
      const who = random(10) === 0 ? "" : `${customer}.0`;
      for (let count = 1 + random(7); count > 0; count--) {
        const code = ["22423", "85123A", "POST", "M", "71053"][random(5)]!;
        const name = NAMES[random(NAMES.length)]!;
        const quantity = (number.startsWith("C") ? -1 : random(25) === 0 ? -1 : 1) * (1 + random(48));
        const price = random(20) === 0 ? "0" : `${random(30)}.${["05", "1", "95", "125"][random(4)]!}`;
        const date = new Date(at + (random(30) === 0 ? 60_000 : 0))
          .toISOString()
          .slice(0, 19)
          .replace("T", " ");
        const text = [
          number,
          code,
          /[",]/.test(name) ? `"${name}"` : name,
          quantity,
          date,
          price,
          who,
          "France",
        ];
        lines.push([Date.parse(`${date}Z`), lines.length, text.join(",")]);
      }
    }
  }
  // In order of time, as the real file is: what falls into one minute stays as it was.
  lines.sort(([a, one], [b, other]) => a - b || one - other);
  return `${[HEADER, ...lines.map(([, , text]) => text)].join("\n")}\n`;
}
