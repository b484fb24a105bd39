export { answersOf } from "./answers-of.ts";
export type { Bootstrap } from "./bootstrap.ts";
export type { Answers } from "./follow-tag.ts";
export { explanation, measure, segments, slots } from "./question.ts";
export type { Question, Slots } from "./question.ts";
