import { colourOf } from './colour.ts'

/**
 * The page’s own style sheet; the site’s sets everything else. Colours follow the site’s `color-scheme`: where the
 * site has no dark theme, `light-dark()` stays light, and so do browsers that do not know it.
 */
export const styleSheet = (groups: Iterable<string>): string =>
  `${base}\n${[...new Set(groups)].map(rule).join('\n')}\n`

function rule(group: string): string {
  const { light, dark } = colourOf(group)
  return `.omemo-${group}{color:${light};color:light-dark(${light},${dark})}`
}

const base = `.keys-table {
  overflow-x: auto;
}
.keys-table table {
  display: table;
  width: 100%;
  border-collapse: collapse;
}
.keys-table caption {
  padding-block: 0.5em;
  font-weight: bold;
  text-align: start;
}
.keys-table th,
.keys-table td {
  padding: 0.5em 0.75em 0.5em 0;
  text-align: start;
  vertical-align: top;
}
.keys-fingerprint {
  display: inline-block;
  padding: 0.25em 0.5em;
  background: #fff;
  background: light-dark(#fff, #16181d);
  font-size: 0.95em;
  font-weight: bold;
  white-space: nowrap;
}
.keys-uri code,
.keys-long,
.keys-link,
.keys-history,
.keys-pre {
  overflow-wrap: anywhere;
}
.keys-pre {
  white-space: pre-wrap;
}
.keys-client {
  display: block;
  font-weight: normal;
}
.keys-codes {
  display: flex;
  flex-wrap: wrap;
  gap: 1.5em;
}
.keys-qr {
  margin: 1em 0;
  break-inside: avoid;
}
.keys-qr a {
  display: inline-block;
  max-width: 100%;
  background: #fff;
}
.keys-qr img {
  display: block;
  max-width: 100%;
  height: auto;
  color-scheme: only light;
  forced-color-adjust: none;
  print-color-adjust: exact;
}
.keys-forms pre,
.keys-compare textarea {
  overflow-x: auto;
}
.keys-compare textarea {
  box-sizing: border-box;
  width: 100%;
  font: 1em/1.5 monospace;
}
#keys-compare-answer {
  display: block;
  min-height: 1.5em;
  border-inline-start: 0.25em solid transparent;
  padding-inline-start: 0.5em;
}
#keys-compare-answer[data-verdict='listed'] {
  border-color: #1a7f37;
}
#keys-compare-answer:is([data-verdict='revoked'], [data-verdict='unlisted'], [data-verdict='contradiction']) {
  border-color: #cf222e;
  font-weight: bold;
}
#keys-compare-answer[data-verdict='unreadable'] {
  border-color: #9a6700;
}
.keys-hidden {
  position: absolute;
  width: 1px;
  height: 1px;
  overflow: hidden;
  clip-path: inset(50%);
  white-space: nowrap;
}
@media screen and (max-width: 36rem) {
  .keys-table :is(table, caption, tbody, tr, th, td) {
    display: block;
  }
  .keys-table thead {
    display: none;
  }
  .keys-table :is(th, td) {
    border: 0;
    padding: 0 0 0.5em;
  }
  .keys-table tr {
    border-block-end: 1px solid color-mix(in srgb, currentcolor 25%, transparent);
    padding-block: 0.5em;
  }
  .keys-fingerprint {
    max-width: 20ch;
    white-space: normal;
  }
}
@media print {
  .keys-copy,
  .keys-compare {
    display: none;
  }
  .keys-table {
    overflow: visible;
  }
  .keys-fingerprint {
    background: none;
    color-scheme: only light;
  }
}`
