const WORKBOOK = "save the sheet as CSV (UTF-8)";

/** Files that begin so are no text: what each is, and what to do with it. */
const BEGINNINGS: readonly (readonly [hex: string, advice: string])[] = [
  ["504b0304", `is a workbook of Excel, or a zip: ${WORKBOOK}, or unpack it`],
  ["d0cf11e0", `is a workbook of Excel: ${WORKBOOK}`],
  ["50415231", "is Parquet: export it as CSV, or as newline-delimited JSON"],
  ["28b52ffd", "is packed with zstd: unpack it, or pipe it in: zstd -dc … | murmur … -"],
  ["425a68", "is packed with bzip2: unpack it, or pipe it in: bzip2 -dc … | murmur … -"],
  ["fd377a58", "is packed with xz: unpack it, or pipe it in: xz -dc … | murmur … -"],
];

/** Why a file that begins with these bytes holds no text, and what to do; undefined where it may. */
export function noTextBecause(beginning: Buffer): string | undefined {
  const hex = beginning.subarray(0, 4).toString("hex");
  return BEGINNINGS.find(([start]) => hex.startsWith(start))?.[1];
}
