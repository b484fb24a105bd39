import type { EventEntry } from "@murmur/core";
import { existsSync, readFileSync } from "node:fs";
import { FEATURES, MANIFEST } from "./questions.ts";

export interface Answer {
  status: number;
  type: string;
  body: string;
}

/** As many entries as the edge looks through for one answer. */
const PAGE = 500;

/** As Segment's own settings answer for a source without integrations. */
const SEGMENT_SETTINGS = {
  integrations: {
    "Segment.io": {
      apiKey: "bench",
      unbundledIntegrations: [],
      addBundledMetadata: true,
      maybeBundledConfigIds: {},
      versionSettings: { version: "4.4.7", componentTypes: ["browser"] },
    },
  },
  plan: { track: { __default: { enabled: true, integrations: {} } } },
  edgeFunction: {},
  analyticsNextEnabled: true,
  middlewareSettings: {},
  enabledMiddleware: {},
  metrics: { sampleRate: 0 },
  legacyVideoPluginsEnabled: false,
  remotePlugins: [],
};

/** As PostHog answers for a project that has switched on nothing beside its defaults. */
const POSTHOG_CONFIG = {
  supportedCompression: ["gzip", "gzip-js"],
  hasFeatureFlags: true,
  captureDeadClicks: false,
  capturePerformance: false,
  autocapture_opt_out: false,
  autocaptureExceptions: false,
  analytics: { endpoint: "/i/v0/e/" },
  elementsChainAsString: true,
  sessionRecording: false,
  heatmaps: false,
  surveys: false,
  siteApps: [],
  defaultIdentifiedOnly: true,
};

const POSTHOG_FLAGS = {
  errorsWhileComputingFlags: false,
  flags: Object.fromEntries(
    Object.keys(FEATURES.features).map((key, id) => [
      key,
      { key, enabled: id % 2 === 0, variant: null, reason: { code: "condition_match" }, metadata: { id } },
    ]),
  ),
  requestId: "bench",
};

/** What a service answers that a candidate calls; nothing where none does. `log` is what Murmur's edge knows of the shopper. */
export function endpoint(path: string, body: string, log: readonly EventEntry[]): Answer | undefined {
  if (path.startsWith("/v1/manifest")) return json(MANIFEST);
  if (path === "/v1/sync") return json(synced(JSON.parse(body) as SyncBody, log));
  if (path.startsWith("/api/features/")) return json(FEATURES);
  if (path.startsWith("/v1/projects/")) return json(SEGMENT_SETTINGS);
  if (/^\/v1\/[a-z]$/.test(path)) return json({ success: true });
  // Not loaded from a page of a project's own: then posthog-js asks for the JSON.
  if (/^\/array\/[^/]+\/config\.js$/.test(path)) return { status: 404, type: "text/javascript", body: "" };
  if (/^\/array\/[^/]+\/config$/.test(path)) return json(POSTHOG_CONFIG);
  if (path === "/flags/") return json(POSTHOG_FLAGS);
  if (path === "/i/v0/e/" || path === "/e/") return json({ status: "Ok" });
  const [, part] = /^\/static\/(?:[\d.]+\/)?([\w-]+\.js)$/.exec(path) ?? [];
  return part === undefined ? undefined : posthogPart(part);
}

interface SyncBody {
  entries: readonly unknown[];
  cursor: number;
}

/** As the edge answers a device: everything is taken, and the log's next entries come down. */
function synced({ entries, cursor }: SyncBody, log: readonly EventEntry[]): object {
  const gained = log.slice(cursor, cursor + PAGE);
  return {
    accepted: entries.length,
    duplicates: 0,
    rejected: [],
    segments: [],
    slots: {},
    receivedAt: Date.now(),
    shift: 0,
    timestamps: {},
    entries: gained,
    log: "bench",
    cursor: Math.min(cursor + PAGE, Math.max(cursor, log.length)),
    more: cursor + PAGE < log.length,
    manifest: MANIFEST.hash,
  };
}

/** What posthog-js loads later, as its servers have it. */
function posthogPart(name: string): Answer | undefined {
  const file = new URL(name, import.meta.resolve("posthog-js"));
  return existsSync(file)
    ? { status: 200, type: "text/javascript", body: readFileSync(file, "utf8") }
    : undefined;
}

function json(body: object): Answer {
  return { status: 200, type: "application/json", body: JSON.stringify(body) };
}
