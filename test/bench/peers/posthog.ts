import { type FlagDefinitionCacheProvider, PostHog, type PostHogFeatureFlag } from "posthog-node";
import type { Peer, Question } from "./peer.ts";

/**
 * One feature flag a segment, decided locally. Without a key the client is a reader of the cache that it is handed, and
 * never asks the network; should it try, that is an error.
 */
export async function posthogPeer(question: Question): Promise<Peer> {
  const client = new PostHog("phc_bench", {
    flagDefinitionCacheProvider: cacheOf(question.segments.map((_, at) => flag(question, at))),
    strictLocalEvaluation: true,
    featureFlagsPollingInterval: null,
    fetch: () => Promise.reject(new Error("posthog-node went to the network")),
  });
  if (!(await client.waitForLocalEvaluationReady())) throw new Error("posthog-node did not take its flags");
  return {
    name: "posthog-node",
    async members(counts) {
      const flags = await client.getAllFlags("shopper", {
        personProperties: counts,
        onlyEvaluateLocally: true,
      });
      return question.segments.filter((segment) => flags[segment] === true);
    },
    close: () => client.shutdown(),
  };
}

function flag({ categories, segments, moreThan }: Question, at: number): PostHogFeatureFlag {
  const properties = [{ key: categories[at]!, type: "person", operator: "gt", value: moreThan }];
  return {
    id: at,
    key: segments[at]!,
    name: segments[at]!,
    // No rollout percentage: it would be one hash more for each flag that holds.
    filters: { groups: [{ properties }] },
    active: true,
    deleted: false,
    rollout_percentage: null,
    ensure_experience_continuity: false,
    experiment_set: [],
  };
}

function cacheOf(flags: PostHogFeatureFlag[]): FlagDefinitionCacheProvider {
  return {
    getFlagDefinitions: () => ({ flags, groupTypeMapping: {}, cohorts: {} }),
    shouldFetchFlagDefinitions: () => false,
    onFlagDefinitionsReceived() {},
    shutdown() {},
  };
}
