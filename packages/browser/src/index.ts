export { init } from "./murmur.ts";
export type {
  IdentifyOptions,
  Murmur,
  MurmurOptions,
  Properties,
  TrackOptions,
  TransitionListener,
} from "./murmur.ts";
