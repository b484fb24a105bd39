import type { Filter, FilterValue } from "@murmur/core";
import { clip } from "./clip.ts";

const SIGNS: Readonly<Record<string, string>> = {
  $eq: "=",
  $ne: "≠",
  $gt: ">",
  $gte: "≥",
  $lt: "<",
  $lte: "≤",
  $contains: "contains",
  $startsWith: "starts with",
  $endsWith: "ends with",
  $type: "is of type",
  $regex: "matches",
};

/** A filter as one reads it aloud: "category = running-shoes and price > 50". */
export function filterWords(filter: Filter): string {
  return Object.entries(filter)
    .map(([key, value]) => {
      if (key === "$and") return groups(value, " and ");
      if (key === "$or") return groups(value, " or ");
      if (key === "$nor") return `none of ${groups(value, " or ")}`;
      if (key === "$not") return `not (${filterWords(value as Filter)})`;
      return valueWords(key, value);
    })
    .join(" and ");
}

/** A value as it is best told from its surroundings. */
export function jsonWords(value: unknown): string {
  return clip(typeof value === "string" ? value : (JSON.stringify(value) ?? String(value)), 80);
}

function groups(filters: FilterValue, joint: string): string {
  return `(${(filters as readonly Filter[]).map(filterWords).join(joint)})`;
}

function valueWords(path: string, value: FilterValue): string {
  if (!isOperators(value)) return `${path} = ${jsonWords(value)}`;
  return Object.entries(value)
    .map(([operator, operand]) => operatorWords(path, operator, operand))
    .join(" and ");
}

function operatorWords(path: string, operator: string, operand: FilterValue): string {
  const list = () => (operand as readonly unknown[]).map(jsonWords).join(", ");
  if (operator === "$exists") return operand === false ? `${path} is missing` : `${path} is there`;
  if (operator === "$in") return `${path} is one of ${list()}`;
  if (operator === "$nin") return `${path} is none of ${list()}`;
  if (operator === "$all") return `${path} has all of ${list()}`;
  if (operator === "$size") return `${path} has a length of ${sizeWords(operand)}`;
  if (operator === "$not") return `not (${valueWords(path, operand)})`;
  if (operator === "$elemMatch")
    return `${path} has one with ${isOperators(operand) ? valueWords("it", operand) : filterWords(operand as Filter)}`;
  return `${path} ${SIGNS[operator] ?? operator} ${jsonWords(operand)}`;
}

function sizeWords(size: FilterValue): string {
  return isOperators(size) ? valueWords("", size).trim() : jsonWords(size);
}

function isOperators(value: FilterValue): value is { [operator: `$${string}`]: FilterValue & never } {
  if (typeof value !== "object" || value === null || Array.isArray(value)) return false;
  const keys = Object.keys(value);
  return keys.length > 0 && keys.every((key) => key.startsWith("$"));
}
