import type { Model } from "./model.ts";

/** Everything that a report of a fault should have, as JSON. */
export function reportOf(model: Model): string {
  const { look, segments, problem } = model;
  const report = {
    at: new Date(look.now).toISOString(),
    page: location.href,
    userAgent: navigator.userAgent,
    ...(problem !== undefined && { problem }),
    segments: segments.map(({ id, isIn, explanation }) => ({ id, isIn, explanation })),
    look,
  };
  return JSON.stringify(report, null, 2);
}

/** Puts a text on the clipboard; says whether it is there. `room` is where a text may stand for a moment. */
export async function copyText(make: () => string, room: HTMLElement): Promise<boolean> {
  try {
    const text = make();
    // Not on a page without TLS, nor where a policy forbids it: then as it was done before.
    const written = (navigator.clipboard as Clipboard | undefined)?.writeText(text) ?? Promise.reject();
    return await written.then(
      () => true,
      () => copySelected(text, room),
    );
  } catch {
    return false;
  }
}

function copySelected(text: string, room: HTMLElement): boolean {
  const area = document.createElement("textarea");
  area.value = text;
  area.className = "hidden";
  room.append(area);
  area.select();
  const copied = document.execCommand("copy");
  area.remove();
  return copied;
}
