/** What decides slots that have experiments, or values in their texts. A page whose definition has none does not load it. */
export { refine as default } from "@murmur/core";
