// @ts-check
import { formatDate, formatDuration, formatInstant, formatTime } from "./time-machine-format.js";
import {
  collectTransitions,
  deviceTransitions,
  fetchProfile,
  moveTime,
  ready,
} from "./time-machine-model.js";

/** @typedef {import("./time-machine-model.js").Transition} Transition */
/** @typedef {import("./time-machine-model.js").Api} Api */

const { edge = "", links = "[]" } =
  /** @type {HTMLElement | null} */ (document.querySelector("script[data-edge]"))?.dataset ?? {};
const openKey = "tarnfell-time-machine-open";
const [minute, hour] = [60_000, 3_600_000];

/** @type {[label: string, test: string, milliseconds: number][]} */
const jumps = [
  ["+10 min", "advance-10m", 10 * minute],
  ["+2 h", "advance-2h", 2 * hour],
  ["+1 day", "advance-1d", 24 * hour],
  ["+7 days", "advance-7d", 168 * hour],
];

const root = document.createElement("aside");
root.className = "time-machine";
root.dataset.testid = "time-machine";
root.setAttribute("aria-label", "Time machine");
root.innerHTML = `
  <section class="tm-panel" id="tm-panel" hidden>
    <header class="tm-head">
      <div><p class="tm-date" data-tm="date">Waiting for the tag</p><p class="tm-time" data-tm="time">--:--:--</p></div>
      <p class="tm-status" role="status" data-tm="status" data-testid="time-machine-status"></p>
    </header>
    <div class="tm-jumps" role="group" aria-label="Move time forward">${jumps.map(([label, test]) => `<button type="button" data-testid="${test}">${label}</button>`).join("")}</div>
    <div class="tm-sides">
      <div><h2>On this device</h2><ul data-tm="device" data-testid="device-segments"></ul><p data-tm="device-next"></p></div>
      <div><h2>At the edge</h2><ul data-tm="edge" data-testid="edge-segments"></ul><p data-tm="edge-next"></p></div>
    </div>
    <h2>Transitions</h2>
    <ol class="tm-transitions" data-tm="transitions" data-testid="transitions" tabindex="0" aria-label="Transitions"></ol>
    <nav class="tm-links" data-tm="links" aria-label="Backstage"></nav>
  </section>
  <button class="tm-toggle" type="button" aria-controls="tm-panel" data-testid="time-machine-toggle"><span class="tm-dial" aria-hidden="true"></span><span>Time machine</span><span class="tm-clock" data-tm="clock"></span></button>`;

/** @param {string} name */
const part = (name) => /** @type {HTMLElement} */ (root.querySelector(`[data-tm="${name}"]`));
const panel = /** @type {HTMLElement} */ (root.querySelector(".tm-panel"));
const toggle = /** @type {HTMLButtonElement} */ (root.querySelector(".tm-toggle"));
const buttons = /** @type {HTMLButtonElement[]} */ ([...root.querySelectorAll(".tm-jumps button")]);

/**
 * Text is set only when it differs, so that a poll disturbs neither a selection nor a screen reader.
 * @param {string} name
 * @param {string} text
 */
function say(name, text) {
  const element = part(name);
  if (element.textContent !== text) element.textContent = text;
}

/**
 * @param {string} tag
 * @param {string} className
 * @param {string} text
 */
const make = (tag, className, text) =>
  Object.assign(document.createElement(tag), { className, textContent: text });

/**
 * @param {string} name
 * @param {HTMLElement[]} items
 */
function list(name, items) {
  const element = part(name);
  const next = items.map((item) => item.outerHTML).join("");
  if (element.innerHTML !== next) element.replaceChildren(...items);
}

/**
 * @param {string} name
 * @param {string[]} segments
 */
function showSegments(name, segments) {
  const chips = [...segments].sort().map((segment) => {
    const chip = make("li", "tm-chip", segment);
    chip.dataset.segment = segment;
    return chip;
  });
  list(name, chips.length > 0 ? chips : [make("li", "tm-none", "no segments")]);
}

/**
 * The engine says until when nothing can change: something may then, and need not.
 * @param {string} name
 * @param {number | null | undefined} at
 * @param {number} now
 */
function showNext(name, at, now) {
  say(name, typeof at === "number" ? `No change for ${formatDuration(at - now)}` : "No change ahead");
}

/**
 * @param {Transition[]} device
 * @param {Transition[]} atEdge
 */
function showTransitions(device, atEdge) {
  const all = [
    ...device.map((one) => ({ ...one, where: "device" })),
    ...atEdge.map((one) => ({ ...one, where: "edge" })),
  ];
  all.sort((a, b) => b.at - a.at || a.segment.localeCompare(b.segment));
  const rows = all.slice(0, 60).map(({ at, segment, change, where }) => {
    const row = make("li", `tm-row tm-${change}`, "");
    Object.assign(row.dataset, { segment, change, where, at: String(at) });
    const time = /** @type {HTMLTimeElement} */ (make("time", "", formatInstant(at)));
    time.dateTime = new Date(at).toISOString();
    row.append(
      make("span", "tm-segment", segment),
      make("span", "tm-change", change),
      time,
      make("span", "tm-where", where),
    );
    return row;
  });
  list("transitions", rows.length > 0 ? rows : [make("li", "tm-none", "Nothing has changed yet.")]);
}

/** @type {Transition[]} */
let lastAtEdge = [];

/** @param {Api} api */
async function refresh(api) {
  if (panel.hidden) return;
  const device = await api.deviceId();
  const [segments, next] = await Promise.all([api.segments(), api.nextChange()]);
  showSegments("device", segments);
  showNext("device-next", next, api.now());
  try {
    const profile = await fetchProfile(edge, device);
    lastAtEdge = profile.transitions;
    showSegments("edge", profile.segments);
    showNext("edge-next", profile.nextChange, profile.now);
    if (!moving) say("status", "");
  } catch {
    say("edge-next", "");
    if (!moving) say("status", "edge unreachable");
  }
  showTransitions(deviceTransitions(device), lastAtEdge);
}

/** Of who runs the shop: its inbox, its experiments. */
function showLinks() {
  const all = /** @type {{ label: string, href: string }[]} */ (JSON.parse(links));
  part("links").replaceChildren(
    ...all.map(({ label, href }) => Object.assign(document.createElement("a"), { textContent: label, href })),
  );
}

let moving = false;

/**
 * Also one that is asked for before the tag is there: it is made when that has come.
 * @param {number} milliseconds
 */
async function jump(milliseconds) {
  // Not `disabled`: that would take the focus away from the button that was pressed.
  if (moving) return;
  moving = true;
  root.setAttribute("aria-busy", "true");
  say("status", "moving");
  const outcome = await moveTime(edge, milliseconds).then(
    () => "",
    () => "edge unreachable",
  );
  moving = false;
  root.removeAttribute("aria-busy");
  say("status", outcome);
  const api = await ready;
  tick(api);
  await refresh(api);
}

/** @param {Api} api */
function tick(api) {
  const now = api.now();
  say("date", formatDate(now));
  say("time", formatTime(now));
  say("clock", formatTime(now));
}

/** @param {boolean} open */
function setOpen(open) {
  panel.hidden = !open;
  toggle.setAttribute("aria-expanded", String(open));
  root.toggleAttribute("data-open", open);
  sessionStorage.setItem(openKey, open ? "yes" : "");
}

/** The closed pill steps above the button it would cover. */
function giveWay() {
  const button = document.querySelector(
    '[data-testid="add-to-cart"], [data-testid="place-order"], [data-testid="checkout"]',
  );
  if (!button) return;
  const step = () => {
    const { top, bottom, right } = button.getBoundingClientRect();
    const rest = innerHeight - parseFloat(getComputedStyle(root).bottom);
    const covered =
      panel.hidden &&
      top < rest &&
      bottom > rest - toggle.offsetHeight - 8 &&
      right > toggle.getBoundingClientRect().left;
    toggle.style.translate = covered ? `0 ${Math.round(top - 12 - rest)}px` : "";
  };
  for (const event of ["scroll", "resize"]) addEventListener(event, step, { passive: true });
  toggle.addEventListener("click", step);
  step();
}

async function start() {
  showLinks();
  setOpen(sessionStorage.getItem(openKey) === "yes");
  document.body.append(root);
  toggle.addEventListener("click", () => setOpen(!root.hasAttribute("data-open")));
  giveWay();
  buttons.forEach((button, i) => button.addEventListener("click", () => void jump(jumps[i]?.[2] ?? 0)));
  root.addEventListener("keydown", (event) => {
    if (event.key !== "Escape" || panel.hidden) return;
    setOpen(false);
    toggle.focus();
  });
  /** @type {() => void} */
  let update = () => {};
  collectTransitions(() => update());
  const api = await ready;
  update = () => void refresh(api).catch(() => say("status", "edge unreachable"));
  toggle.addEventListener("click", () => update());
  setInterval(() => tick(api), 1000);
  setInterval(() => update(), 2000);
  tick(api);
  update();
}

void start();
