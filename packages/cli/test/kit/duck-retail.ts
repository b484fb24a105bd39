import { DuckDBInstance } from "@duckdb/node-api";

/** A customer as SQL has them. */
export interface DuckCustomer {
  customer: string;
  /** ms since the last order, orders, money; null of who has none. */
  recency: number | null;
  frequency: number;
  monetary: number;
  stage: string;
  r: number | null;
  f: number | null;
  m: number | null;
}

/** Everything that SQL says of a file in the form of Online Retail: nothing of Murmur has a part in it. */
export interface DuckRetail {
  customers: DuckCustomer[];
  /** For each day to the last, how many were in each stage at its end. */
  days: Record<string, number | string>[];
  /** How long it took, from opening the database, s. */
  seconds: number;
}

const DAY = 86_400_000;

/** Asks DuckDB for what the presets `rfm` and `lifecycle` say by their defaults, at an instant. */
export async function duckRetail(
  file: string,
  asOf: number,
  { threads = 2, days = true } = {},
): Promise<DuckRetail> {
  const start = performance.now();
  const connection = await (await DuckDBInstance.create(":memory:", { threads: String(threads) })).connect();
  const rows = async <Row>(sql: string): Promise<Row[]> =>
    (await connection.runAndReadAll(sql)).getRowObjectsJson() as Row[];
  await connection.run(`
    create table lines as
    select InvoiceNo as invoice, regexp_replace(CustomerID, '\\.0$', '') as customer,
      epoch_ms(InvoiceDate) as instant, Quantity as quantity, UnitPrice as price
    from read_csv('${file}', header = true, quote = '"', escape = '"', columns = {
      'InvoiceNo': 'VARCHAR', 'StockCode': 'VARCHAR', 'Description': 'VARCHAR', 'Quantity': 'BIGINT',
      'InvoiceDate': 'TIMESTAMP', 'UnitPrice': 'DECIMAL(18,3)', 'CustomerID': 'VARCHAR', 'Country': 'VARCHAR' })
    where CustomerID <> '' and UnitPrice > 0;
    create table orders as
    select customer, invoice, min(instant) as instant, sum(quantity * price) as total from lines
    where not starts_with(invoice, 'C') and quantity > 0 group by all;
    create table people as
    select customer, min(instant) as first from lines where starts_with(invoice, 'C') = (quantity < 0) group by customer;
    create macro stage_of(orders, since) as case
      when orders = 0 then 'new-visitor' when since >= ${180 * DAY} then 'dormant' when since >= ${90 * DAY} then 'at-risk'
      when orders = 1 then 'first-time-buyer' when orders < 4 then 'active' else 'loyal' end;
  `);
  const customers = await rows<DuckCustomer>(`
    with measured as (
      select people.customer, ${asOf} - max(orders.instant) as recency, count(orders.instant) as frequency,
        coalesce(sum(total), 0) as monetary
      from people left join orders on orders.customer = people.customer and orders.instant <= ${asOf}
      where first <= ${asOf} group by people.customer)
    select customer, recency::double as recency, frequency::int as frequency, monetary::double as monetary,
      stage_of(frequency, recency) as stage,
      case when recency is null then null when recency < ${30 * DAY} then 5 when recency < ${60 * DAY} then 4
        when recency < ${120 * DAY} then 3 when recency < ${240 * DAY} then 2 else 1 end as r,
      case when recency is null then null when frequency < 2 then 1 when frequency < 3 then 2 when frequency < 5 then 3
        when frequency < 8 then 4 else 5 end as f,
      case when recency is null then null when monetary < 50 then 1 when monetary < 150 then 2 when monetary < 400 then 3
        when monetary < 1000 then 4 else 5 end as m
    from measured order by customer`);
  const perDay = days ? await rows<Record<string, number | string>>(perDaySql(asOf)) : [];
  return { customers, days: perDay, seconds: (performance.now() - start) / 1_000 };
}

/** At the end of each day: its last millisecond, or the last instant of all. */
function perDaySql(asOf: number): string {
  return `
    with days as (
      select unnest(range((select min(first) from people) // ${DAY}, ${asOf} // ${DAY} + 1)) as day),
    ends as (select day, least((day + 1) * ${DAY} - 1, ${asOf}) as moment from days),
    states as (
      select ends.day, people.customer, count(orders.instant) as orders, ends.moment - max(orders.instant) as since
      from ends join people on people.first <= ends.moment
      left join orders on orders.customer = people.customer and orders.instant <= ends.moment
      group by ends.day, ends.moment, people.customer)
    select (day * ${DAY})::double as day, count(*)::int as people,
      ${["new-visitor", "first-time-buyer", "active", "loyal", "at-risk", "dormant"]
        .map((stage) => `count(*) filter (stage_of(orders, since) = '${stage}')::int as "${stage}"`)
        .join(", ")}
    from states group by day order by day`;
}
