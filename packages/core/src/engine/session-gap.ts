/** A session ends when nothing has happened for so long, ms. */
export const SESSION_GAP = 18e5;
