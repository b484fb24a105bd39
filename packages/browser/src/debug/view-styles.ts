/** What the views are made of. */
export const viewStyles = /* css */ `
.filter { display: block; width: 100%; height: 36px; margin-bottom: 12px; padding: 0 12px; border: 1px solid var(--line); border-radius: 10px; background: var(--raised); outline-offset: -1px; }
.filter::placeholder { color: var(--faint); opacity: 1; }
.group + .group, .group-title:not(:first-child) { margin-top: 18px; }
.group-title { display: flex; align-items: center; gap: 8px; margin-bottom: 8px; color: var(--soft); font-size: 12.5px; font-weight: 600; }
.group-count { color: var(--faint); font-weight: 400; font-variant-numeric: tabular-nums; }

.rows { display: grid; gap: 1px; border: 1px solid var(--line); border-radius: 14px; background: var(--line); overflow: hidden; }
.rows:not(:has(> :not([hidden]))) { display: none; }
.row { min-width: 0; background: var(--raised); }
.segment:not([open]) > summary { content-visibility: auto; contain-intrinsic-block-size: auto 42px; }
.row > summary { display: flex; align-items: flex-start; gap: 10px; padding: 11px 12px; list-style: none; cursor: pointer; }
summary::-webkit-details-marker { display: none; }
.row > summary:hover { background: var(--hover); }
.row > summary:focus-visible, .card-button:focus-visible { outline-offset: -3px; border-radius: 13px; }
.row-main { flex: 1; min-width: 0; display: grid; gap: 2px; }
.row-title { display: flex; align-items: baseline; gap: 8px; min-width: 0; font-weight: 600; }
.row-name { min-width: 0; overflow: hidden; text-overflow: ellipsis; white-space: nowrap; }
.row-text { color: var(--soft); font-size: .93em; display: -webkit-box; -webkit-box-orient: vertical; -webkit-line-clamp: 2; overflow: hidden; }
[open] > summary .row-text { -webkit-line-clamp: 8; }
.row-text:empty { display: none; }
.event .row-text { -webkit-line-clamp: 1; }
[open] > summary [data-folded] { display: none; }
.row-time { flex: none; margin-inline-start: auto; color: var(--faint); font-size: .88em; font-weight: 400; font-variant-numeric: tabular-nums; }
.icon-chevron { width: 14px; height: 14px; margin-top: 3px; color: var(--faint); }
[open] > summary > .icon-chevron { transform: rotate(90deg); }
.fold-body { padding: 6px 12px 14px; }

.mark, .state { flex: none; display: grid; place-items: center; width: 20px; height: 20px; border-radius: 50%; background: var(--hover); color: var(--faint); }
.mark .icon, .state .icon { width: 13px; height: 13px; stroke-width: 2; }
.true > .mark, .true > summary > .mark { background: var(--true-soft); color: var(--true); }
.until { display: inline-flex; align-items: center; gap: 5px; width: fit-content; margin-top: 3px; padding: 1px 9px 1px 6px; border-radius: 99px; background: var(--clay-soft); color: var(--clay); font-size: .88em; font-weight: 600; font-variant-numeric: tabular-nums; }
.until .icon { width: 13px; height: 13px; }
.tag { display: inline-flex; align-items: center; align-self: center; gap: 4px; flex: none; color: var(--faint); font-size: .85em; font-weight: 400; }
.tag .icon { width: 12px; height: 12px; }

.tree { display: grid; gap: 10px; }
.tree li { display: grid; grid-template-columns: 20px minmax(0, 1fr); gap: 2px 9px; }
.tree .tree { grid-column: 1 / -1; margin: 8px 0 0 9px; padding-inline-start: 11px; border-inline-start: 1.5px solid var(--line); }
.tree .tree-deep { margin-inline-start: 0; padding-inline-start: 4px; }
.tree-root { padding: 12px; border-radius: 11px; background: var(--paper); border: 1px solid var(--line); }
.say { min-width: 0; display: grid; gap: 3px; align-content: start; }
.tree b, .variants b { font-weight: 600; }
code { font: .92em/1.4 var(--mono); letter-spacing: -.01em; color: var(--blue); }
.facts { display: flex; flex-wrap: wrap; align-items: baseline; gap: 2px 7px; color: var(--soft); font-size: .93em; font-variant-numeric: tabular-nums; }
.value { color: var(--ink); font-weight: 700; }
.facts .until { margin-top: 0; align-self: center; }
.meter { display: block; height: 4px; margin-top: 3px; border-radius: 4px; background: var(--line); overflow: hidden; }
.meter-fill { display: block; height: 100%; border-radius: 4px; background: var(--clay); }
.true > .say > .meter > .meter-fill { background: var(--true); }
.change { margin-top: 10px; color: var(--soft); font-size: .93em; }
.id { margin-top: 2px; }
.id code { color: var(--faint); user-select: all; }

[data-state=delivered] .state { background: var(--true-soft); color: var(--true); }
[data-state=queued] .state { background: var(--clay-soft); color: var(--clay); }
[data-state=refused] .state { background: var(--red-soft); color: var(--red); }
[data-state=remote] .state { background: var(--blue-soft); color: var(--blue); }
[data-state=refused] .row-name { text-decoration: line-through; text-decoration-thickness: 1px; }
[data-type=identify] .row-name { font-style: italic; }
.event .fold-body .facts { margin-bottom: 8px; }
.json { max-height: 340px; overflow: auto; padding: 12px; border: 1px solid var(--line); border-radius: 11px; background: var(--paper); font: 12px/1.55 var(--mono); white-space: pre-wrap; tab-size: 2; overscroll-behavior: contain; }
.json span, .tree b, code { unicode-bidi: isolate; }
.json-key { color: var(--blue); }
.json-string { color: var(--true); }
.json-word { color: var(--clay); }

.cards { display: grid; gap: 12px; border: 0; border-radius: 0; background: none; overflow: visible; }
.card { border: 1px solid var(--line); border-radius: 14px; background: var(--raised); overflow: hidden; }
.card-button { display: grid; gap: 3px; width: 100%; padding: 12px 14px; }
.card-button:hover { background: var(--hover); }
.card-button[aria-disabled] { cursor: default; }
.card-button .row-title { justify-content: space-between; }
.card-button .row-name { white-space: normal; }
.card-button .row-text { font-weight: 400; }
.place { display: inline-flex; align-items: center; gap: 6px; margin-top: 4px; color: var(--clay); font-size: .93em; font-weight: 600; }
[aria-disabled] .place { color: var(--faint); font-weight: 400; }
[aria-pressed=true] { background: var(--clay-soft); }
.pill { flex: none; max-width: 60%; padding: 2px 10px; border-radius: 12px; background: var(--hover); color: var(--soft); font-size: .88em; font-weight: 600; }
.pill[data-kind=variant], .pill[data-kind=granted] { background: var(--true-soft); color: var(--true); }
.pill[data-kind=pending] { background: var(--clay-soft); color: var(--clay); }
.pill[data-kind=denied] { background: var(--red-soft); color: var(--red); }
.pairs { display: grid; }
.pairs > div { display: grid; grid-template-columns: 92px minmax(0, 1fr); gap: 10px; padding: 6px 0; border-top: 1px solid var(--line); font-size: .93em; }
.pairs > div:first-child { border-top: 0; }
.card .pairs { padding: 0 14px; border-top: 1px solid var(--line); }
.card .pairs:empty { display: none; }
.pairs dt { color: var(--soft); }
.pairs dd { min-width: 0; }
.order { border-top: 1px solid var(--line); }
.order > summary { display: flex; justify-content: space-between; padding: 9px 14px; color: var(--soft); font-size: .93em; list-style: none; cursor: pointer; }
.order > summary:hover { color: var(--ink); }
.order .fold-body { padding: 0 14px 12px; }
.variants { display: grid; gap: 10px; }
.variants li { display: grid; grid-template-columns: 20px minmax(0, 1fr); gap: 9px; }
.variants .later :is(b, .row-text) { color: var(--faint); }

.hero { padding: 16px; border: 1px solid var(--line); border-radius: 14px; background: var(--raised); }
.figure { font-size: 24px; font-weight: 700; letter-spacing: -.02em; line-height: 1.2; font-variant-numeric: tabular-nums; }
.soft { margin-top: 2px; color: var(--soft); font-variant-numeric: tabular-nums; }
.bar { display: flex; gap: 2px; height: 8px; margin-top: 16px; border-radius: 8px; overflow: hidden; }
.bar span { min-width: 4px; background: var(--faint); }
.legend { display: flex; flex-wrap: wrap; gap: 4px 16px; margin-top: 10px; color: var(--soft); font-size: .93em; }
.legend li::before { content: ""; display: inline-block; width: 8px; height: 8px; margin-inline-end: 6px; border-radius: 50%; background: var(--faint); }
.legend b { color: var(--ink); font-weight: 600; font-variant-numeric: tabular-nums; }
.bar [data-state=delivered], .legend [data-state=delivered]::before { background: var(--true); }
.bar [data-state=queued], .legend [data-state=queued]::before { background: var(--clay); }
.bar [data-state=remote], .legend [data-state=remote]::before { background: var(--blue); }
.bar [data-state=refused], .legend [data-state=refused]::before { background: var(--red); }

.purposes { display: grid; border: 1px solid var(--line); border-radius: 14px; background: var(--raised); }
.purposes li { display: flex; align-items: center; gap: 12px; padding: 12px 14px; border-top: 1px solid var(--line); }
.purposes li:first-child { border-top: 0; }
.view > .pairs { padding: 2px 14px; border: 1px solid var(--line); border-radius: 14px; background: var(--raised); }
.view > .pairs:empty { display: none; }

.empty { padding: 36px 24px; color: var(--soft); text-align: center; }
.empty-title { margin-bottom: 4px; color: var(--ink); font-weight: 600; font-size: 1.08em; }
.problem .empty { padding: 14px 16px; color: inherit; text-align: start; }
.problem .empty-title { color: inherit; }
`;
