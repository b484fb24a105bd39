import type { BrowserContext } from "playwright-core";

declare global {
  interface Window {
    /** Tells the test something, at once: what was said before the page or its browser died has arrived. */
    note(text: string): void;
  }
}

/** What pages of the context, opened from now on, tell the test by `window.note`; in order. */
export async function takeNotes(context: BrowserContext): Promise<string[]> {
  const notes: string[] = [];
  await context.exposeBinding("note", (_source, text: string) => void notes.push(text));
  return notes;
}
