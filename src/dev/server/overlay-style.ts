/** The stylesheet of the overlay, and of the page of diagnostics that replaces a page that cannot be built. */
export const style = `:host { all: initial }
details {
  position: fixed; inset: auto 0 0 0; z-index: 2147483647; max-height: 60vh; overflow: auto;
  box-sizing: border-box; padding: 0 1rem; border-top: 4px solid #b3261e;
  background: #fffdf8; color: #1f1b16; font: 15px/1.45 system-ui, sans-serif; color-scheme: light;
  box-shadow: 0 -2px 12px rgb(0 0 0 / 25%);
}
details:not([open]) { inset: auto 1rem 1rem auto; border: 1px solid #857e72; border-radius: 4px }
details:not(:has(.error)) { border-color: #8a5a00 }
summary { padding: .6rem 0; cursor: pointer; font-weight: 600 }
button { position: absolute; top: .5rem; right: 1rem; font: inherit; cursor: pointer }
ol { margin: 0; padding: 0; list-style: none }
li { padding: .6rem 0; border-top: 1px solid #ddd6c9 }
p { margin: .15rem 0; overflow-wrap: anywhere }
.severity { color: #b3261e }
.warning .severity { color: #8a5a00 }
.info .severity { color: #1c5d99 }
code, pre, b { font: 13px/1.5 ui-monospace, monospace }
b { font-weight: 600 }
pre { margin: .3rem 0; padding: .4rem .6rem; overflow-x: auto; background: #f3eee3; color: inherit }
mark { background: #ffd7d2; color: inherit; text-decoration: underline; text-decoration-color: #b3261e }
ins { color: #17602a; text-decoration: none }
.hint { color: #17602a }
`
