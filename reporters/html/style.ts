// The style of the page. Failures that break clients are the most prominent. No colour alone has a meaning:
// each mark has its glyph, and the colours stay apart for colour-blind readers.

/** Colours, type, what every page has. */
export const baseStyle = `
:root { color-scheme: light dark;
  --ink: light-dark(#1d232a, #e4e8ec); --quiet: light-dark(#56606b, #9ba6b2);
  --line: light-dark(#dfe4e9, #2b333c); --paper: light-dark(#fff, #12161b);
  --panel: light-dark(#f5f7f9, #1a2027); --accent: light-dark(#0a58a8, #85bdfc);
  --pass: light-dark(#23705f, #79cdb5); --pass-bg: light-dark(#eff7f4, #14231f);
  --breaks: light-dark(#8c1d0a, #ffc2b3); --breaks-bg: light-dark(#f9c9ba, #70240f);
  --spec: light-dark(#6f4300, #f7cf85); --spec-bg: light-dark(#fbe3b4, #4a3510);
  --warn: light-dark(#655300, #e3d27f); --warn-bg: light-dark(#faf5dc, #2b2813);
  --unsure: light-dark(#5a4a86, #c5b8ee); --unsure-bg: light-dark(#f0edf8, #262138);
  --mono: ui-monospace, 'SF Mono', 'Cascadia Mono', 'DejaVu Sans Mono', Menlo, Consolas, monospace; }
[data-theme=light] { color-scheme: light } [data-theme=dark] { color-scheme: dark }
* { box-sizing: border-box }
body { margin: 0; background: var(--paper); color: var(--ink);
  font: 15px/1.5 system-ui, -apple-system, 'Segoe UI', 'DejaVu Sans', sans-serif }
header.top, main, footer { padding: 0 clamp(12px, 3vw, 40px); max-width: 2200px; margin: 0 auto }
header.top { padding-top: 28px; padding-bottom: 8px }
h1 { font-size: 24px; line-height: 1.2; margin: 0 0 6px; letter-spacing: -.01em }
h2 { font-size: 18px; margin: 44px 0 6px } #observed h2 { margin-top: 26px } h3 { font-size: 15px; margin: 20px 0 6px }
h4 { font: 600 13px var(--mono); margin: 0 }
p { margin: 6px 0; max-width: 78ch } p.about { max-width: none } a { color: var(--accent) }
.quiet, .about { color: var(--quiet) } .about { margin: 0 }
code, pre { font-family: var(--mono); font-size: 12.5px }
button, select, input { font: inherit; color: inherit }
:focus-visible { outline: 2px solid var(--accent); outline-offset: 1px }
.alert { border-left: 4px solid var(--spec); background: var(--spec-bg); color: var(--spec);
  padding: 8px 12px; max-width: 78ch }
.standings { display: flex; flex-wrap: wrap; gap: 6px 20px; list-style: none; padding: 0; margin: 14px 0 0 }
.count-of { color: var(--quiet) } .standings b { font-weight: 600 } .standings .word { margin-left: 6px }
.w-conforms { color: var(--pass) } .w-does-not-conform { color: var(--breaks) } .w-incomplete { color: var(--unsure) }

footer { color: var(--quiet); font-size: 13px; padding-bottom: 48px; margin-top: 48px }
[hidden] { display: none !important }
`

/** Tables and marks. */
export const tableStyle = `
/* tables */
.scroll { overflow: auto; width: fit-content; max-width: 100%; max-height: max(420px, calc(100dvh - 130px)); border: 1px solid var(--line); border-radius: 8px }
table { border-collapse: separate; border-spacing: 0; font-size: 13px }
th { text-align: left; font-weight: 500 }
td, th { padding: 2px 5px; border-bottom: 1px solid var(--line); vertical-align: middle }
tbody tr:last-child > * { border-bottom: 0 }
.matrix thead th { position: sticky; top: 0; z-index: 3; vertical-align: bottom; padding: 8px 6px; min-width: 84px; max-width: 120px; background: var(--panel) }
.matrix thead th > * { display: block; overflow-wrap: break-word; line-height: 1.25 }
.matrix th:first-child { position: sticky; left: 0; z-index: 2; background: var(--paper); min-width: 220px; max-width: 380px;
  border-right: 1px solid var(--line); padding-left: 12px }
.matrix thead th:first-child { z-index: 4; background: var(--panel); color: var(--quiet) }
.target { font-weight: 650 } .model { color: var(--quiet); font-size: 11.5px }
.age { color: var(--spec); font-size: 11.5px; font-weight: 600 } .stale .cell { filter: grayscale(1); background-image: repeating-linear-gradient(135deg, transparent 0 5px, var(--line) 5px 6px) }
.origin { color: var(--quiet); font-size: 11.5px } .o-recorded { font-style: italic }
.compare { font-size: 11.5px; color: var(--quiet); cursor: pointer } .compare input { margin: 3px 4px 0 0; vertical-align: -2px }
.matrix td { text-align: center; font-variant-numeric: tabular-nums }
.matrix .total > * { background: var(--panel) } .sum { white-space: nowrap } .sum small, .cell small { color: var(--quiet) }
.fold { background: none; border: 0; padding: 3px 0; cursor: pointer; text-align: left; font-weight: 600 }
.fold::before { content: '▸'; display: inline-block; width: 1.2em; color: var(--quiet) }
.fold[aria-expanded=true]::before { content: '▾' }
.depth-1 th:first-child { padding-left: 30px } .depth-2 th:first-child { padding-left: 52px }
.depth-1 .fold { font-weight: 500 } .check { font-size: 12.5px; overflow-wrap: anywhere }
.check small { display: block; color: var(--quiet); font-size: 11.5px; line-height: 1.3; padding-bottom: 2px }
.cell { width: 100%; min-height: 28px; border: 0; border-radius: 5px; background: none; cursor: pointer; padding: 2px 4px;
  white-space: nowrap; line-height: 1.15 }
.cell i { font-style: normal; font-weight: 700 } .cell small { display: block; font-size: 10.5px }
.cell:hover { box-shadow: inset 0 0 0 1px currentColor }
.cell:focus-visible { outline-offset: -2px }
#clients .cell { display: block; padding: 4px 8px; line-height: 20px; text-decoration: none }
#clients span.cell { cursor: auto; box-shadow: none }
.why { margin: 4px 0; padding-left: 18px; overflow-wrap: anywhere }
.m-pass { color: var(--pass); background: var(--pass-bg) }
.m-breaks { color: var(--breaks); background: var(--breaks-bg); font-weight: 650 }
.m-unmeasured, .m-specification { color: var(--spec); background: var(--spec-bg); font-weight: 600 }
.m-warn { color: var(--warn); background: var(--warn-bg) }
.m-inconclusive { color: var(--unsure); background: var(--unsure-bg) }
.m-not-applicable { color: var(--quiet) }
.m-breaks small, .m-unmeasured small, .m-specification small { color: inherit }
.legend { display: flex; flex-wrap: wrap; gap: 6px 18px; list-style: none; padding: 0; margin: 12px 0; font-size: 13px; color: var(--quiet) }
.legend .tag { margin-right: 6px }
.tag { display: inline-block; border-radius: 5px; padding: 0 7px; font-size: 12.5px; font-weight: 600; white-space: nowrap }
.tag.m-not-applicable { box-shadow: inset 0 0 0 1px var(--line) }
.plain-table td, .plain-table th { padding: 6px 12px 6px 10px; text-align: left; vertical-align: top }
.plain-table thead th { background: var(--panel); color: var(--quiet) }
.plain-table td.whole { white-space: nowrap } .plain-table td.number { text-align: right; font-variant-numeric: tabular-nums; white-space: nowrap }
`

/** The table of capabilities: two words in a cell, and what is behind it. */
export const capabilityStyle = `
/* capabilities */
.capabilities td { min-width: 84px; text-align: left; vertical-align: top; padding: 3px 6px; line-height: 1.3; border-left: 1px solid var(--line) }
.capabilities td b, .capabilities td i, .capabilities td s, .capabilities td em { display: block; font-style: normal; text-decoration: none; white-space: nowrap }
.capabilities td b { font-weight: 600 } .capabilities td i, .capabilities td s { font-size: 11.5px; color: var(--quiet) }
.capabilities td s { color: var(--spec) } .capabilities td em { font-size: 11.5px; font-weight: 700; color: var(--breaks) }
.capabilities th small { font-weight: 400; display: block; color: var(--quiet); font-size: 11.5px; line-height: 1.3 }
.capabilities .feature > * { background: var(--panel) } .capabilities .feature th { font-weight: 650 }
.capabilities .capability th { padding-left: 30px; font-weight: 500 }
.capabilities td.broken { box-shadow: inset 0 0 0 2px var(--breaks) }
.half { background: none; border: 0; padding: 1px 0; cursor: pointer; font: inherit; color: inherit; text-align: left }
.half:hover { text-decoration: underline }
.k-yes b, .tag.k-yes { color: var(--pass) } .k-partly b, .tag.k-partly { color: var(--spec) }
.k-no b, .tag.k-no { color: var(--breaks) } .k-unclear b, .tag.k-unclear { color: var(--unsure) }
.k-seen b, .k-not-asked b, .tag.k-seen, .tag.k-not-asked { color: var(--quiet) }
td i, td em { font-style: normal } td.k-no { background: var(--breaks-bg) } .capabilities .feature td.k-no { background: var(--breaks-bg) }
td.k-no i, td.k-no em { color: inherit } td.k-no { color: var(--breaks) }
#capability-controls { position: static }
#behind { border: 1px solid var(--line); border-radius: 8px; background: var(--paper); color: var(--ink); max-width: min(720px, calc(100vw - 24px)); max-height: 84dvh; overflow: auto; padding: 14px 18px }
#behind header { display: flex; justify-content: space-between; align-items: start; gap: 12px } #behind h3 { margin: 0 }
#behind h4 { font: 600 14px/1.4 system-ui, sans-serif; margin: 16px 0 0; border-top: 1px solid var(--line); padding-top: 8px }
#behind p, #behind ul { margin: 4px 0; overflow-wrap: anywhere } #behind ul { padding-left: 18px; font-size: 13px }
#behind::backdrop { background: rgb(0 0 0 / .35) }
.one .capabilities { width: 100% } .one .capabilities td { white-space: normal }
.one .capabilities td q { display: block; quotes: none; font-size: 13px; color: var(--quiet); overflow-wrap: anywhere; max-width: 70ch }
.one td.k-no q { color: inherit }
.capabilities td q { display: none }
@media (max-width: 600px) {
  #capability-controls { display: grid; grid-template-columns: 1fr 1fr; gap: 8px } #capability-controls label { min-width: 0 } #capability-controls select, #capability-controls input { display: block; width: 100%; min-width: 0 }
  .capabilities th:first-child { min-width: 132px; max-width: 132px; padding-left: 8px } .capabilities .capability th { padding-left: 14px }
  .capabilities .capability th small, .capabilities .feature th small { display: none } .capabilities td { min-width: 76px; padding: 3px 4px }
  .capabilities thead th { min-width: 76px; max-width: 96px; font-size: 12px }
}
`

/** What documents say: words, no marks. */
const documentStyle = `
/* documents: words, no marks */
.documents tbody th { font-weight: 600 }
.documents td, .documents th { padding: 6px 12px; vertical-align: top; text-align: left }
.documents thead th { background: var(--panel) } .documents th:first-child { position: sticky; left: 0; background: var(--paper) }
.documents thead th:first-child { background: var(--panel) }
.documents tfoot > tr > * { background: var(--panel) }
.said { display: inline-block; font-size: 12.5px; color: var(--ink); border-radius: 5px; padding: 0 6px; margin: 1px 4px 1px 0;
  text-decoration: none; border: 1px solid var(--line); background: var(--panel) }
.said.conditional { border-style: dashed } .said.denied { background: none } .said.silent { border-color: transparent; background: none; color: var(--quiet) }
a.said:hover { border-color: var(--accent) }
.provider { border: 1px solid var(--line); border-radius: 8px; margin: 10px 0; padding: 0 14px }
.provider > summary { padding: 10px 0; cursor: pointer } .provider > summary b { font-size: 15px }
.points { list-style: none; padding: 0; margin: 0 0 14px }
.points > li { border-top: 1px solid var(--line); padding: 8px 0 }
.points .kind { font-weight: 600; margin-right: 8px } .points p { margin: 2px 0 }
blockquote { margin: 4px 0; padding: 2px 10px; border-left: 3px solid var(--line); color: var(--quiet); max-width: 78ch; white-space: pre-wrap; overflow-wrap: anywhere }
[data-lens=own] .by-openai, [data-lens=own] .by-open-responses, [data-lens=openai] .by-open-responses, [data-lens=open-responses] .by-openai { display: none }
html:not([data-lens=own]) .only-own { display: none }
`

/** The bar above the matrix. */
export const controlStyle = `
/* controls */
.controls { position: sticky; top: 0; z-index: 5; background: var(--paper); border-bottom: 1px solid var(--line);
  display: flex; flex-wrap: wrap; gap: 8px 14px; align-items: center; padding: 10px 0; margin-top: 10px }
.lens { border: 1px solid var(--line); border-radius: 7px; padding: 2px; margin: 0; display: inline-flex; background: var(--panel) }
.lens legend { position: absolute; clip-path: inset(50%); width: 1px; height: 1px; overflow: hidden }
.lens label { border-radius: 5px; padding: 3px 10px; cursor: pointer; font-size: 14px }
.lens label:has(:checked) { background: var(--paper); box-shadow: 0 0 0 1px var(--line); font-weight: 600 }
.lens label:has(:focus-visible) { outline: 2px solid var(--accent) }
.lens input { position: absolute; opacity: 0; width: 1px }
.controls select, .controls input[type=search] { background: var(--paper); border: 1px solid var(--line); border-radius: 6px;
  padding: 4px 8px; font-size: 14px; max-width: 100% }
.controls input[type=search] { width: 15em } .controls label { font-size: 14px; white-space: nowrap }
.controls button, .plain-button, .copy { background: var(--paper); border: 1px solid var(--line); border-radius: 6px; padding: 3px 9px;
  font-size: 13px; cursor: pointer }
.controls button:hover, .plain-button:hover, .copy:hover { background: var(--panel) }
.filters { display: flex; flex-wrap: wrap; gap: 8px 14px; align-items: center; flex: 1 } .controls .end { margin-left: auto; display: flex; gap: 6px }
#told { margin: 10px 0; color: var(--quiet) }
#told:empty { margin: 5px 0 }
`

/** The drawer and what is in it. */
const drawerStyle = `
/* drawer */
dialog { border: 0; color: var(--ink); background: var(--paper); padding: 0 }
dialog::backdrop { background: rgb(10 14 20 / .25) }
#drawer { margin: 0 0 0 auto; height: 100dvh; max-height: none; width: min(760px, 100vw); max-width: none; box-shadow: -8px 0 32px rgb(0 0 0 / .25) }
#drawer[open] { display: flex; flex-direction: column }
.drawer-top { padding: 14px 20px 10px; border-bottom: 1px solid var(--line) }
.drawer-top h2 { margin: 0; font: 650 16px var(--mono); overflow-wrap: anywhere }
.drawer-top p { margin: 2px 0 8px } .bar-of-buttons { display: flex; gap: 6px; flex-wrap: wrap; align-items: center }
.bar-of-buttons h4 { flex: 1 }
#drawer-body { overflow-y: auto; padding: 12px 20px 40px; flex: 1 }
.truth { font-size: 16px } .tags .tag { margin: 0 6px 4px 0 }
dl { margin: 12px 0 } .entry { display: grid; grid-template-columns: 110px 1fr; gap: 10px; padding: 6px 0; border-top: 1px solid var(--line) }
dt { color: var(--quiet); font-size: 13px } dd { margin: 0; overflow-wrap: anywhere } ul.plain { list-style: none; margin: 0; padding: 0 }
.sources, .same { font-size: 13px; color: var(--quiet) }
.row { border: 1px solid var(--line); border-radius: 8px; margin: 10px 0; padding: 0 12px }
.row[open] { padding-bottom: 10px } .row > summary { padding: 8px 0; cursor: pointer } .row .scenario { font: 500 13px var(--mono); margin: 0 8px }
.finding { border-top: 1px solid var(--line); padding: 8px 0 } .finding > p:first-child { font-weight: 600 }
.sides { display: grid; gap: 6px } .side { display: grid; grid-template-columns: 76px 1fr; background: var(--panel); border-radius: 6px; padding: 6px 10px }
.side b { font-size: 12.5px; font-weight: 500; color: var(--quiet) } .side code { white-space: pre-wrap; overflow-wrap: anywhere }
mark { background: var(--breaks-bg); color: var(--breaks); border-radius: 3px }
.where { font-size: 13px; color: var(--quiet); overflow-wrap: anywhere }
.contested { border-left: 3px solid var(--unsure); padding-left: 10px }
.code { background: var(--panel); border-radius: 6px; padding: 8px 10px; overflow: auto; max-height: 420px; margin: 6px 0; line-height: 1.45 }
.part > summary { cursor: pointer; font-size: 13.5px; padding: 4px 0; color: var(--quiet) }
.exchange { border-top: 1px solid var(--line); padding-top: 8px; margin-top: 4px } .came { font-size: 13.5px }
.stream { list-style: none; margin: 6px 0; padding: 0; font: 12.5px var(--mono) }
.event > summary { display: grid; grid-template-columns: 3em 5.5em 70px 1fr auto; gap: 8px; align-items: center; padding: 2px 6px; cursor: pointer; list-style: none; border-radius: 4px }
.event > summary:hover { background: var(--panel) } .event .index, .event .ms { text-align: right; color: var(--quiet) }
.bar { position: relative; height: 8px; background: var(--panel); border-radius: 4px }
.bar::before { content: ''; position: absolute; left: calc(var(--at, 0) * (100% - 8px)); width: 8px; height: 8px; border-radius: 4px; background: var(--accent) }
.guilty > summary { background: var(--breaks-bg); color: var(--breaks) } .guilty .index, .guilty .ms { color: inherit }
.link { border: 0; background: none; padding: 0; color: var(--accent); cursor: pointer; text-decoration: underline; font: 12.5px var(--mono); text-align: left; overflow-wrap: anywhere }
.reasons { font-size: 13px; color: var(--quiet); padding-left: 18px; margin: 6px 0 } .below { list-style: none; padding: 0 } .below li { padding: 7px 0; border-top: 1px solid var(--line) } .below .tag { margin-right: 8px } .below .quiet { display: block; font-size: 13px }
.commands { margin-top: 16px } .off-screen { position: absolute; left: -9999px }
#help { margin: auto; border-radius: 10px; padding: 20px 26px; max-width: 30rem } kbd { font: 12px var(--mono); border: 1px solid var(--line); border-radius: 4px; padding: 1px 6px; background: var(--panel) }
#help td { padding: 4px 12px 4px 0; border: 0 }
`

/** Telephones and paper. */
export const narrowStyle = `
@media (max-width: 700px) {
  .controls { position: static } .filters { flex-wrap: nowrap; overflow-x: auto; padding: 3px 0 8px; flex: 1 1 100%; min-width: 0 } .filters > * { flex: none }
  .check small { display: none } .matrix th:first-child { min-width: 118px; max-width: 42vw; padding-left: 8px }
  .depth-1 th:first-child { padding-left: 16px } .depth-2 th:first-child { padding-left: 26px }
.matrix thead th { min-width: 78px } .entry { grid-template-columns: 1fr; gap: 0 } .drawer-top, #drawer-body { padding-left: 14px; padding-right: 14px }
  .event > summary { grid-template-columns: 2em 4.5em 1fr auto } .bar { display: none } .controls .end { margin-left: 0 }
}
@media print {
  :root { color-scheme: light } .controls, .compare, dialog, .alert ~ .controls { display: none !important }
  .scroll { overflow: visible; border: 0; max-height: none } .matrix thead th { position: static } .matrix th:first-child { position: static } body { font-size: 11px } table { font-size: 10px }
  .cell, .tag, .matrix thead th, .total > * { print-color-adjust: exact; -webkit-print-color-adjust: exact } tr { break-inside: avoid } .plain-table td.whole, .plain-table td.number { white-space: normal } @page { size: landscape; margin: 12mm }
}
`

export const style: string = [
  baseStyle,
  tableStyle,
  capabilityStyle,
  documentStyle,
  controlStyle,
  drawerStyle,
  narrowStyle,
].join('')
