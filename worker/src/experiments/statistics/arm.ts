/** What is counted of a variant. */
export interface Arm {
  /** Profiles that were shown it. */
  exposed: number;
  /** Of those, the ones that converted, once or more often. */
  converted: number;
}

/** What the profiles of a variant are worth, each of them once: those that did not convert are worth 0. */
export interface Worth {
  profiles: number;
  mean: number;
  /** The sample variance, with n - 1. */
  variance: number;
}

/** Two ends, the lower one first. Infinity where the data set no bound. */
export type Interval = readonly [lower: number, upper: number];

/** An estimate, and where the truth lies at the stated rate. */
export interface Estimate {
  value: number;
  interval: Interval;
}
