export { conditionSchema } from "./condition-schema.ts";
export { definitionJsonSchema, definitionSchema } from "./definition-schema.ts";
export { filterSchema } from "./filter-schema.ts";
export { measureSchema } from "./measure-schema.ts";
export { selectorSchema } from "./selector-schema.ts";
