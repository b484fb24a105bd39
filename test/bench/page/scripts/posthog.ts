import posthog from "posthog-js";
import { EVENT, mark, PRODUCT } from "./probe.ts";

/** As its guide begins, with what it switches on by itself. */
mark("evaluated");
posthog.init("phc_bench", { api_host: location.origin, defaults: "2025-05-24" });
posthog.onFeatureFlags(() => mark("ready"));
window.recordOne = () => posthog.capture(EVENT, PRODUCT);
