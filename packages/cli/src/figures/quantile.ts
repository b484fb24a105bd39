/**
 * The value at a share of an ascending list, interpolated between neighbours: type 7 of Hyndman and Fan, which R, NumPy,
 * pandas and DuckDB's `quantile_cont` use.
 */
export function quantile(ascending: ArrayLike<number>, share: number): number {
  const place = (ascending.length - 1) * share;
  const low = Math.floor(place);
  const value = ascending[low]!;
  const next = ascending[low + 1];
  return next === undefined ? value : value + (next - value) * (place - low);
}
