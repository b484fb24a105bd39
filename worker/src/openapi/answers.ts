import type { RouteConfig } from "@hono/zod-openapi";
import { z } from "zod";
import { PROBLEMS, type ProblemCode } from "../wire/problem.ts";

/** What every error is: RFC 9457. */
export const problemSchema = z
  .object({
    type: z.string(),
    title: z.string().describe("What the code means."),
    status: z.int(),
    code: z.string().describe("Stable: what a program goes by."),
    detail: z.string().describe("What to do."),
    errors: z.array(z.object({ path: z.string(), message: z.string() })).optional(),
  })
  .meta({ id: "Problem" });

type Answers = RouteConfig["responses"];

/** What a call is answered when all is well, and the problems that it may be answered otherwise. */
export function answers(
  good: string,
  schema: z.ZodType,
  problems: readonly ProblemCode[] = [],
  example?: object,
): Answers {
  const content = { "application/json": { schema, ...(example && { example }) } };
  return { 200: { description: good, content }, ...refusals(problems) };
}

/** The same of a call that has nothing to say when all is well. */
export function nothing(good: string, problems: readonly ProblemCode[]): Answers {
  return { 204: { description: good }, ...refusals(problems) };
}

/** The same of a call that is answered with a page for people. */
export function page(good: string, problems: readonly ProblemCode[]): Answers {
  const content = { "text/html": { schema: z.string() } };
  return { 200: { description: good, content }, ...refusals(problems) };
}

/** The same of a call that goes on as another protocol. */
export function upgraded(good: string, problems: readonly ProblemCode[]): Answers {
  return { 101: { description: good }, ...refusals(problems) };
}

/** The problems by status, of which several may have the same. */
function refusals(codes: readonly ProblemCode[]): Answers {
  const statuses = [...new Set(codes.map((code) => PROBLEMS[code][0]))];
  const described = statuses.map((status) => {
    const those = codes.filter((code) => PROBLEMS[code][0] === status);
    const description = those.map((code) => `\`${code}\`: ${PROBLEMS[code][1]}.`).join(" ");
    const [code] = those;
    const title = code && PROBLEMS[code][1];
    const example = { type: "about:blank", title, status, code, detail: "What to do about it." };
    return [
      status,
      { description, content: { "application/problem+json": { schema: problemSchema, example } } },
    ];
  });
  return Object.fromEntries(described) as Answers;
}

/** A JSON body that a call must have. */
export function jsonBody(schema: z.ZodType, example: object): NonNullable<RouteConfig["request"]> {
  return { body: { required: true, content: { "application/json": { schema, example } } } };
}
