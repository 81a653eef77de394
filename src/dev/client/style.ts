/** The stylesheet of the marks and the drawer: quiet, in the scheme of the system, and gone in print. */
export const style = `:host {
  all: initial; position: absolute; left: 0; top: 0; color-scheme: light dark; font: 14px/1.4 system-ui, sans-serif;
  --paper: light-dark(#fffdf8, #24211d); --ink: light-dark(#1f1b16, #ece6db); --soft: light-dark(#6b6358, #a9a092);
  --line: light-dark(#e3ddd0, #3d3831); --error: light-dark(#b3261e, #ff9d94); --warning: light-dark(#8a5a00, #e5b45c);
  --info: light-dark(#1c5d99, #8cc0f0); --good: light-dark(#17602a, #8fd19e);
}
@media print { :host { display: none } }
* { box-sizing: border-box }
[hidden] { display: none !important }
p { margin: .25rem 0; overflow-wrap: anywhere }
code, pre, .code, .place { font: 12px/1.5 ui-monospace, monospace }
del { color: var(--soft); text-decoration: none }
ins { color: var(--good); text-decoration: none; font-weight: 600 }
:focus-visible { outline: 2px solid var(--info); outline-offset: 1px }

.marks { position: absolute; left: 0; top: 0; z-index: 2147483646 }
.mark, .mark i { position: absolute; border-radius: 2px; background: rgb(214 140 20 / 14%); box-shadow: 0 2px 0 var(--warning) }
.mark { padding: 0; border: 0; font: inherit; cursor: pointer }
.mark::before { content: ''; position: absolute; inset: -2px -4px -4px }
.mark.error, .mark.error i { background: rgb(200 50 40 / 20%); box-shadow: 0 2px 0 var(--error) }
.mark.info, .mark.info i, .mark.report, .mark.report i { background: none; box-shadow: 0 2px 0 var(--soft) }
.mark:hover, .mark:hover i, .mark:focus, .mark:focus i { background: rgb(214 140 20 / 45%) }
.tip {
  position: fixed; z-index: 1; width: max-content; max-width: min(26rem, calc(100vw - 12px)); padding: .5rem .75rem;
  border: 1px solid var(--line); border-radius: 6px; background: var(--paper); color: var(--ink);
  box-shadow: 0 4px 16px rgb(0 0 0 / 18%); pointer-events: none;
}
.tip .what { font-size: 16px }
.tip .todo { color: var(--soft); font-size: 12px }

.drawer {
  position: fixed; right: 1rem; bottom: 1rem; z-index: 2147483647; max-width: calc(100vw - 2rem); overflow: auto;
  border: 1px solid var(--line); border-radius: 6px; background: var(--paper); color: var(--ink);
  box-shadow: 0 2px 12px rgb(0 0 0 / 18%);
}
.drawer[open] { inset: auto 0 0 0; max-width: none; max-height: 40vh; border-width: 1px 0 0; border-radius: 0 }
.drawer > summary { padding: .4rem 1rem; cursor: pointer; font-weight: 600 }
.drawer:has(.error) > summary { color: var(--error) }
summary strong { margin-right: .5rem; color: var(--info) }
.tools { position: absolute; top: .3rem; right: 1rem; display: flex; flex-wrap: wrap; gap: .4rem }
button { padding: .1rem .6rem; border: 1px solid var(--line); border-radius: 4px; background: none; color: inherit; font: inherit; cursor: pointer }
button:hover { background: var(--line) }
.message:empty { display: none }
.message, .keys { padding: 0 1rem }
.message { color: var(--info) }
.keys { color: var(--soft); font-size: 12px }
ol { margin: 0; padding: 0 1rem .5rem; list-style: none }
ol > li { display: flex; align-items: baseline; gap: .75rem; padding: .15rem 0; border-top: 1px solid var(--line) }
ol > li > details { flex: 1; min-width: 0 }
ol > li > details > summary { overflow: hidden; white-space: nowrap; text-overflow: ellipsis; cursor: pointer }
ol > li > details[open] > summary { white-space: normal }
ol > li > button { flex: none; padding: 0 .5rem; font-size: 13px }
.place { flex: 0 1 auto; min-width: 3.5rem; max-width: 40%; text-align: left; overflow: hidden; padding: 0; border: 0; color: var(--soft); text-overflow: ellipsis; white-space: nowrap }
a.place, button.place { color: var(--info) }
.code { color: var(--soft) }
.severity { color: var(--warning) }
.error .severity { color: var(--error) }
.info .severity { color: var(--info) }
pre { margin: .3rem 0; padding: .4rem .6rem; overflow-x: auto; background: light-dark(#f3eee3, #1a1815) }
mark { background: rgb(200 50 40 / 20%); color: inherit; text-decoration: underline; text-decoration-color: var(--error) }
.hint { color: var(--good) }
.lines { margin: 0 0 .5rem; padding: 0 1rem .75rem; border: 1px solid var(--line); border-width: 1px 0 }
.lines h2 { margin: .5rem 0 .1rem; font: inherit; font-weight: 600 }
.lines summary { cursor: pointer }
.lines ul { margin: .2rem 0; padding: 0 0 0 1rem; list-style: none }
.lines li button { border: 0; padding: 0; text-align: left }
@media (max-width: 40rem) {
  .drawer[open] { max-height: 50vh }
  .tools { position: static; padding: 0 1rem }
  ol > li { flex-wrap: wrap; justify-content: space-between; gap: 0 .75rem }
  ol > li > details { flex-basis: 100%; order: 1 }
}
`
