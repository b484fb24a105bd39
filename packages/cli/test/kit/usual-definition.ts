import { cartAbandonment, churnRisk, define, lifecycle, rfm } from "@murmur/core";

/** The presets that a shop begins with, by their defaults. */
export const usualDefinition = define({
  segments: {
    ...lifecycle().segments,
    ...rfm().segments,
    ...cartAbandonment().segments,
    ...churnRisk().segments,
  },
  measures: rfm().measures,
});
