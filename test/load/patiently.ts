import { setTimeout as sleep } from "node:timers/promises";

/** Answers after which the same call may well succeed; `wrangler dev` gives 503 while it restarts. */
const PASSING = new Set([429, 502, 503, 504]);
const MAX_ATTEMPTS = 12;
const MAX_WAIT = 5_000;

/** Makes a call until it is answered, as a device does: through lost connections and an edge that is away for a while. */
export async function patiently<Answer>(
  call: () => Promise<Response>,
  onRetry?: () => void,
): Promise<Answer> {
  for (let attempt = 1; ; attempt++) {
    const last = attempt === MAX_ATTEMPTS;
    // A connection may as well be lost in the middle of an answer.
    const answered = await read(call).catch((error: unknown) => {
      if (last) throw error;
    });
    if (answered?.response.ok) return JSON.parse(answered.text) as Answer;
    if (answered && (last || !PASSING.has(answered.response.status)))
      throw new Error(`the edge answered ${answered.response.status}: ${answered.text}`);
    onRetry?.();
    const wanted = Number(answered?.response.headers.get("retry-after") ?? 0) * 1_000;
    await sleep(Math.max(wanted, Math.min(MAX_WAIT, 100 * 2 ** attempt)));
  }
}

async function read(call: () => Promise<Response>): Promise<{ response: Response; text: string }> {
  const response = await call();
  return { response, text: await response.text() };
}
