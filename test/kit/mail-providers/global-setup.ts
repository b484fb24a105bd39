import type { TestProject } from "vitest/node";
import { startMailProviders } from "./mail-providers.ts";

/** E-mail providers for tests that do not run in Node: `inject("mailProviders")` is where they are. */
export default async function setup(project: TestProject): Promise<() => Promise<void>> {
  const providers = await startMailProviders();
  project.provide("mailProviders", providers.url);
  return providers.close;
}
