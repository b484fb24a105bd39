/** Which columns of a CSV file, or members of a JSON object, are what of an entry. Names are those of the header; members may be dotted paths. */
export interface ColumnMapping {
  /** Who: the column with the customer's id. */
  profile: string;
  /** When: ISO 8601, `YYYYMMDD` or Unix time. */
  timestamp: string;
  /** What: the column with the event's name; or, with `name`, one name for every row. */
  event?: string | undefined;
  name?: string | undefined;
  /** The column with the event's id; without one, the line is its id. */
  id?: string | undefined;
  /** Values of the event's column, and the names that they stand for. Values that are not listed stand for themselves. */
  names?: Readonly<Record<string, string>> | undefined;
  /** Properties by the columns that they are read from; all other columns, under their own names, without it. */
  properties?: Readonly<Record<string, string>> | undefined;
}
