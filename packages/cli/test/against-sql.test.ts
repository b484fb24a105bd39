import { expect, test } from "vitest";
import { compareRetail } from "./kit/compare-retail.ts";
import { retailCsv } from "./kit/retail-csv.ts";
import { useFolder } from "./kit/with-folder.ts";

const folder = useFolder();

test.each([1, 2, 3])(
  "RFM and lifecycle equal SQL's, customer by customer and day by day (file %i)",
  async (seed) => {
    const file = folder.write(`retail-${seed}.csv`, retailCsv({ customers: 250, seed }));
    const { differences, customers, days, result } = await compareRetail(file, Date.UTC(2011, 11, 10));
    expect(differences).toEqual([]);
    expect(customers).toBeGreaterThan(200);
    expect(days).toBeGreaterThan(200);
    expect(result.rfm!.squares.length).toBeGreaterThan(15);
    expect(result.input.bad.count).toBe(0);
  },
);

// The real file is nobody's to ship: who has it, names its folder (docs/cli.md).
test.skipIf(process.env["MURMUR_DATA"] === undefined)(
  "the real Online Retail file, row for row (where MURMUR_DATA names its folder)",
  async () => {
    const file = `${process.env["MURMUR_DATA"]}/online_retail/online_retail.csv.gz`;
    const { differences, customers, duck } = await compareRetail(file, Date.UTC(2011, 11, 10));
    expect(differences).toEqual([]);
    expect(customers).toBe(4_371);
    const buyers = duck.customers.filter(({ frequency }) => frequency > 0);
    expect(buyers).toHaveLength(4_338);
    expect(buyers.reduce((sum, { frequency }) => sum + frequency, 0)).toBe(18_532);
    expect(buyers.reduce((sum, { monetary }) => sum + monetary, 0)).toBeCloseTo(8_911_407.904, 3);
  },
  120_000,
);
