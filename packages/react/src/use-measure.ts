import { measure } from "@murmur/browser/answers";
import type { Scalar } from "@murmur/core";
import type { MeasureName } from "./register.ts";
import { useAnswer } from "./use-answer.ts";

/** The value of one of the definition's measures; undefined where there is none. */
export function useMeasure(name: MeasureName): Scalar | undefined {
  return useAnswer(
    measure(name),
    ({ measures }) => measures?.[name],
    (value) => value,
  );
}
