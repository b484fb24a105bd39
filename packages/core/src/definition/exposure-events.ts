/** Recorded when a capped variant, or an experiment's content in a capped slot, was really shown: `slot`, `variant`. */
export const SLOT_VIEWED = "Slot Viewed";

/**
 * Recorded once a session when an experiment's variant was really shown: `experiment_id`, `experiment_name`, `variation_id`,
 * `variation_name`, as Segment's A/B testing spec has them.
 */
export const EXPERIMENT_VIEWED = "Experiment Viewed";
