/**
 * The panel's frame. The host's own rules are important, so that no rule of the page's moves it; colours are set on the
 * frame, where no custom property of the page's reaches. Lengths are in px: the page's root font size is not ours.
 */
export const frameStyles = /* css */ `
:host {
  all: initial !important;
  direction: ltr !important;
  unicode-bidi: isolate !important;
  display: block !important;
  position: fixed !important;
  inset: 0 !important;
  z-index: 2147483647 !important;
  pointer-events: none !important;
  contain: layout style !important;
}
:host::backdrop { display: none !important; }
@media print {
  :host { display: none !important; }
}
*, *::before, *::after { box-sizing: border-box; }
[hidden] { display: none !important; }

.panel {
  --paper: #fbfaf7;
  --raised: #fff;
  --ink: #18211d;
  --soft: #5b6761;
  --faint: #626e68;
  --line: #e4dfd4;
  --hover: #f3efe6;
  --true: #17704a;
  --true-soft: #dff1e7;
  --clay: #a8481f;
  --clay-soft: #fbeade;
  --red: #b3261e;
  --red-soft: #fbe5e2;
  --blue: #2f5f9e;
  --blue-soft: #e4edf8;
  --shadow: 0 1px 2px rgb(24 33 29 / .08), 0 18px 50px rgb(24 33 29 / .22);
  --sans: "Avenir Next", Avenir, "Segoe UI Variable Text", "Helvetica Neue", "Segoe UI", Roboto, "Liberation Sans", Arial, sans-serif;
  --mono: ui-monospace, "SF Mono", SFMono-Regular, "Cascadia Code", Menlo, Consolas, "DejaVu Sans Mono", monospace;
  color-scheme: light;
  position: fixed;
  inset: 12px 12px 12px auto;
  width: min(420px, calc(100vw - 24px));
  display: flex;
  flex-direction: column;
  overflow: hidden;
  border: 1px solid var(--line);
  border-radius: 18px;
  background: var(--paper);
  box-shadow: var(--shadow);
  color: var(--ink);
  font: 13.5px/1.45 var(--sans);
  -webkit-font-smoothing: antialiased;
  text-align: start;
  overflow-wrap: anywhere;
  pointer-events: auto;
  outline: none;
}
.panel[data-left] { inset: 12px auto 12px 12px; }

@media (prefers-color-scheme: dark) {
  .panel {
    --paper: #131b18;
    --raised: #1a2420;
    --ink: #e9eeea;
    --soft: #a3b0a9;
    --faint: #8c9992;
    --line: #2a3631;
    --hover: #1f2a25;
    --true: #74d3a2;
    --true-soft: #1b3a2c;
    --clay: #ecb386;
    --clay-soft: #3a2819;
    --red: #f2a097;
    --red-soft: #43211e;
    --blue: #9cc2f2;
    --blue-soft: #1e2f45;
    --shadow: 0 1px 2px rgb(0 0 0 / .4), 0 18px 50px rgb(0 0 0 / .5);
    color-scheme: dark;
  }
}

@keyframes come { from { opacity: 0; transform: translateX(20px); } }
@keyframes rise { from { opacity: 0; transform: translateY(40px); } }
@keyframes beat { 50% { box-shadow: 0 0 0 5px transparent; } }
@keyframes fresh { from { background: var(--true-soft); } }
@media (prefers-reduced-motion: no-preference) {
  .panel { animation: come .24s cubic-bezier(.2, .8, .3, 1); }
  .panel[data-left] { animation-name: none; }
  .panel[data-fresh] .status::before { animation: beat 2.4s ease-in-out infinite; }
  .row { animation: fresh 1.4s ease-out; }
  .icon-chevron { transition: transform .16s ease-out; }
  .meter-fill, .bar span { transition: inline-size .3s ease-out, flex-grow .3s ease-out; }
}

h2, h3, p, ul, ol, dl, dd, pre { margin: 0; padding: 0; font: inherit; }
ul, ol { list-style: none; }
button, input { font: inherit; color: inherit; letter-spacing: inherit; }
button { margin: 0; padding: 0; border: 0; background: none; cursor: pointer; text-align: inherit; }
:focus-visible { outline: 2px solid var(--clay); outline-offset: 2px; }
.icon { flex: none; width: 16px; height: 16px; fill: none; stroke: currentColor; stroke-width: 1.6; stroke-linecap: round; stroke-linejoin: round; }
.hidden { position: absolute; width: 1px; height: 1px; overflow: hidden; clip-path: inset(50%); white-space: nowrap; border: 0; padding: 0; }

.head { flex: none; padding: 14px 16px 0; border-bottom: 1px solid var(--line); }
header { display: flex; align-items: center; gap: 10px; }
h2 { display: flex; align-items: center; gap: 8px; font-size: 17px; font-weight: 700; letter-spacing: -.02em; }
.icon-flock { width: 22px; height: 22px; color: var(--clay); stroke-width: 1.5; }
.clock { margin-inline-start: auto; color: var(--faint); font-variant-numeric: tabular-nums; font-size: 12.5px; }
.tools { display: flex; gap: 2px; margin-inline-end: -6px; }
.tool { display: grid; place-items: center; width: 32px; height: 32px; border-radius: 9px; color: var(--soft); }
.tool:hover { background: var(--hover); color: var(--ink); }
.only-phone { display: none; }
.status-row { display: flex; justify-content: space-between; gap: 12px; margin-top: 4px; font-size: 12.5px; font-variant-numeric: tabular-nums; }
.status { display: flex; align-items: center; gap: 9px; min-width: 0; color: var(--soft); white-space: pre-wrap; }
.status::before { content: ""; flex: none; width: 7px; height: 7px; margin-inline: 4px 2px; border-radius: 50%; background: var(--faint); }
.panel[data-fresh] .status::before { background: var(--true); box-shadow: 0 0 0 3px var(--true-soft); }
.said { flex: none; color: var(--true); font-weight: 600; }

.tabs { display: flex; justify-content: space-between; gap: 8px; margin-top: 10px; padding-inline: 2px; }
.tabs button { position: relative; display: inline-flex; align-items: center; gap: 6px; min-height: 40px; padding: 0 2px; border-radius: 6px 6px 0 0; color: var(--soft); font-weight: 600; white-space: nowrap; }
.tabs button:hover { color: var(--ink); }
.tabs [aria-selected=true] { color: var(--ink); }
.tabs [aria-selected=true]::after { content: ""; position: absolute; inset: auto 0 -1px; height: 2px; border-radius: 2px; background: var(--clay); }
.tabs :focus-visible { outline-offset: -3px; }
.badge { min-width: 18px; padding: 1px 5px; border-radius: 99px; background: var(--hover); color: var(--soft); font-size: 11px; line-height: 16px; text-align: center; font-variant-numeric: tabular-nums; }
.badge:empty { display: none; }
.badge[data-urgent] { background: var(--clay-soft); color: var(--clay); }

.problem { flex: none; background: var(--red-soft); color: var(--red); }
.panels { flex: 1; min-height: 0; display: flex; }
.view { flex: 1; min-width: 0; overflow: hidden auto; overscroll-behavior: contain; padding: 14px 16px 20px; scrollbar-width: thin; scrollbar-color: var(--line) transparent; }
.view:focus-visible { outline-offset: -3px; border-radius: 0 0 18px 18px; }

.highlight { position: fixed; inset: 0; overflow: hidden; }
.frame { position: absolute; border: 2px solid #e07b39; border-radius: 6px; background: rgb(224 123 57 / .12); box-shadow: 0 0 0 3px rgb(255 255 255 / .65), 0 0 0 200vmax rgb(16 24 20 / .28); }
.frame ~ .frame { box-shadow: 0 0 0 3px rgb(255 255 255 / .65); }
.frame-label { position: absolute; inset: 8px auto auto 8px; max-width: calc(100% - 16px); overflow: hidden; text-overflow: ellipsis; padding: 3px 9px; border-radius: 99px; background: #a8481f; color: #fff; font: 600 12px/1.4 "Avenir Next", Avenir, "Segoe UI", Roboto, "Liberation Sans", Arial, sans-serif; white-space: nowrap; }

@media (max-width: 560px) {
  .panel, .panel[data-left] { inset: auto 0 0; width: auto; height: 62vh; height: 62dvh; border-width: 1px 0 0; border-radius: 20px 20px 0 0; font-size: 14.5px; padding-bottom: env(safe-area-inset-bottom); }
  .panel[data-tall] { height: 94vh; height: 94dvh; }
  .panel::before { content: ""; position: absolute; inset: 6px 0 auto; width: 36px; height: 4px; margin-inline: auto; border-radius: 4px; background: var(--line); }
  .head { padding-top: 16px; }
  .only-phone { display: grid; }
  .only-desktop { display: none; }
  .tool { width: 40px; height: 40px; }
  .tabs { gap: 4px; padding-inline: 0; }
  .tabs button { min-height: 44px; font-size: 13.5px; gap: 4px; padding: 0 1px; }
  .filter { font-size: 16px; }
}
@media (max-width: 560px) and (prefers-reduced-motion: no-preference) {
  .panel { animation: rise .28s cubic-bezier(.2, .8, .3, 1); transition: height .22s ease-out; }
}
@media (forced-colors: active) {
  .tabs [aria-selected=true]::after { background: Highlight; }
}
`;
