import patterns from "../../dist/crawlers.js";

/** How many browsers' names are remembered: many visitors share a few. */
const REMEMBERED = 1_000;

const answers = new Map<string, boolean>();
let crawler: RegExp | undefined;

/**
 * Whether it is no person who asks: a crawler that Cloudflare has verified, one that says so itself, by a well-kept list of
 * how they do (https://github.com/monperrus/crawler-user-agents), or who does not say what it is.
 */
export function isBot({ cf, headers }: Request): boolean {
  const { botManagement, verifiedBotCategory } = (cf ?? {}) as Partial<IncomingRequestCfProperties>;
  if (botManagement?.verifiedBot || verifiedBotCategory) return true;
  const agent = headers.get("user-agent")?.slice(0, 512);
  if (!agent) return true;
  let answer = answers.get(agent);
  if (answer === undefined) {
    crawler ??= new RegExp(patterns.join("|"));
    answer = crawler.test(agent);
    if (answers.size >= REMEMBERED) answers.clear();
    answers.set(agent, answer);
  }
  return answer;
}
