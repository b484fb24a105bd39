// What both commands of the README need: dependencies as locked, and, but for `--no-browser`, a Chromium. Runs on any Node
// from 18 on, before anything is installed.
import { spawnSync } from "node:child_process";
import { existsSync, readFileSync } from "node:fs";

/** Runs a command with its output shown; ends the process when it fails, unless `mayFail`. */
function run(command, args, { mayFail = false } = {}) {
  const { status } = spawnSync(command, args, { stdio: "inherit", shell: process.platform === "win32" });
  if (status !== 0 && !mayFail) process.exit(status ?? 1);
  return status === 0;
}

/** Whether node_modules holds what package-lock.json says. */
function isInstalled() {
  if (!existsSync("node_modules/.package-lock.json")) return false;
  const wanted = JSON.parse(readFileSync("package-lock.json", "utf8")).packages;
  const held = JSON.parse(readFileSync("node_modules/.package-lock.json", "utf8")).packages;
  return Object.entries(wanted).every(
    ([path, { version, optional, link }]) =>
      path === "" || !path.startsWith("node_modules/") || link || optional || held[path]?.version === version,
  );
}

if (!isInstalled()) run("npm", ["ci", "--no-audit", "--no-fund"]);

if (!process.argv.includes("--no-browser")) await needChromium();

/** Installs one where there is none; ends the process when that fails. */
async function needChromium() {
  const { chromiumPath } = await import("./chromium.mjs");
  if (await chromiumPath()) return;
  console.log("No Chromium on this machine: installing one.");
  const isDebianRoot = existsSync("/etc/debian_version") && process.getuid?.() === 0;
  const installed = isDebianRoot
    ? run("apt-get", ["update", "-qq"], { mayFail: true }) &&
      run("apt-get", ["install", "-y", "-qq", "chromium"], { mayFail: true })
    : run("npx", ["playwright", "install", "chromium"], { mayFail: true });
  if (!installed || !(await chromiumPath())) {
    console.error("The browser tests need Chromium: install it, or set CHROMIUM_PATH to where it is.");
    process.exit(1);
  }
}
