// @ts-check
import { murmur } from "./murmur-queue.js";

/**
 * @typedef {{ segments(): Promise<string[]>, on(change: string, listener: (transition: Transition) => void): () => void,
 *   sync(): Promise<void>, deviceId(): Promise<string>, now(): number, nextChange(): Promise<number | undefined> }} Api
 * @typedef {{ segment: string, change: string, at: number }} Transition
 * @typedef {{ now: number, segments: string[], nextChange: number | null, transitions: Transition[], entries: number }} Profile
 * @typedef {Transition & { device: string }} Kept
 */

/** @type {Promise<Api>} */
export const ready = new Promise((resolve) => murmur("ready", resolve));

const key = "tarnfell-time-machine";
const most = 50;

/** @returns {Kept[]} */
function readKept() {
  try {
    return JSON.parse(sessionStorage.getItem(key) ?? "[]");
  } catch {
    return [];
  }
}

/** @param {string} device */
export const deviceTransitions = (device) => readKept().filter((kept) => kept.device === device);

/**
 * Keeps the device's transitions for as long as the browser tab lives; the tag itself tells each of them once.
 * @param {() => void} onChange
 */
export function collectTransitions(onChange) {
  /** @param {Transition} transition */
  const keep = async ({ segment, change, at }) => {
    const device = await (await ready).deviceId();
    const kept = readKept();
    const known = kept.some(
      (one) => one.device === device && one.segment === segment && one.change === change && one.at === at,
    );
    if (!known)
      sessionStorage.setItem(key, JSON.stringify([...kept, { device, segment, change, at }].slice(-most)));
    onChange();
  };
  murmur("on", "entered", keep);
  murmur("on", "exited", keep);
}

/**
 * @param {string} edge
 * @param {string} device
 * @returns {Promise<Profile>}
 */
export async function fetchProfile(edge, device) {
  const response = await fetch(`${edge}/v1/dev/profile?device=${encodeURIComponent(device)}`, {
    cache: "no-store",
  });
  if (!response.ok) throw new Error(`profile: ${response.status}`);
  return response.json();
}

/**
 * The edge gets everything the device has recorded, then its clock moves, then the device follows.
 * @param {string} edge
 * @param {number} advance
 */
export async function moveTime(edge, advance) {
  const api = await ready;
  await api.sync();
  const device = await api.deviceId();
  const response = await fetch(`${edge}/v1/dev/clock`, {
    method: "POST",
    headers: { "Content-Type": "text/plain" },
    body: JSON.stringify({ device, advance }),
  });
  if (!response.ok) throw new Error(`clock: ${response.status}`);
  await api.sync();
}
