/** How a worker that stands in front of pages treats their visitors. */
export interface VisitSettings {
  /** What is allowed before the visitor has said anything: nothing, or everything but where the law asks first. */
  consent: "opt-in" | "opt-out";
  /** Countries where nothing is allowed before that, whatever `consent` is: ISO 3166-1 alpha-2, or `EU` for all of it. */
  optInCountries: readonly string[];
  /** Name of the cookie in which the tag keeps the device's id. */
  cookie: string;
}

/** The tag's, of a database of the usual name. */
export const DEVICE_COOKIE = "murmur_murmur";

/** How long a decision may take before the page's own content stays, ms. */
export const DECIDE_TIMEOUT = 300;

/** The settings of a worker's environment. */
export function visitSettings(env: {
  CONSENT?: string;
  OPT_IN_COUNTRIES?: string;
  DEVICE_COOKIE?: string;
}): VisitSettings {
  return {
    consent: env.CONSENT === "opt-out" ? "opt-out" : "opt-in",
    optInCountries: (env.OPT_IN_COUNTRIES ?? "")
      .split(",")
      .map((country) => country.trim().toUpperCase())
      .filter(Boolean),
    cookie: env.DEVICE_COOKIE || DEVICE_COOKIE,
  };
}
