/**
 * Calls `find` until it returns true, for 100 s, less and less often: a consent manager may come after the tag, and late
 * where a tag manager brings it. What was decided until it is found can still be asked for.
 */
export function seek(find: () => boolean, wait = 50): void {
  try {
    if (find()) return;
  } catch {
    // Not there yet, or not what it should be.
  }
  if (wait < 6e4) setTimeout(seek, wait, find, wait * 2);
}
