import { colourOf } from './colour.ts'
import { byMedium } from './media-style.ts'

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

const base = `.keys-note {
  font-size: 0.9em;
}
.keys-open {
  display: inline-block;
  border: 0.125em solid;
  border-radius: 0.4em;
  padding: 0.5em 1em;
  font-weight: bold;
  text-align: center;
  text-decoration: none;
}
/* Buttons in the face of the page. */
.keys-copy {
  border: 1px solid color-mix(in srgb, currentcolor 40%, transparent);
  border-radius: 0.3em;
  padding: 0.1em 0.7em;
  background: none;
  color: inherit;
  font: inherit;
  font-size: 0.85em;
  cursor: pointer;
}
.keys-copy:hover {
  background: color-mix(in srgb, currentcolor 8%, transparent);
}
.keys-begin {
  display: flex;
  flex-wrap: wrap;
  gap: 0 2em;
}
.keys-here {
  flex: 1 1 12em;
}
/* A site may set paragraphs in; these are none of a text. */
:is(.keys-here, .keys-app, .keys-uri, .keys-check, .keys-wall) p:nth-child(n) {
  margin-block: 0.75em;
  text-indent: 0;
}
.keys-scan {
  flex: 0 1 auto;
}
/* As wide as the code, and no wider. */
.keys-scan figcaption {
  width: 0;
  min-width: 100%;
  padding-block-end: 0.5em;
}
/* Beside a screen the code comes first; on the phone itself nobody can scan it. */
@media (hover: hover) and (pointer: fine) and (min-width: 40rem) {
  .keys-scan {
    order: -1;
  }
}
@media (pointer: coarse), (max-width: 40rem) {
  .keys-open {
    display: block;
    background: color-mix(in srgb, currentcolor 12%, transparent);
    padding-block: 0.9em;
  }
}
.keys-app > summary,
.keys-codes > summary,
.keys-uri > summary {
  padding-block: 0.5em;
  cursor: pointer;
}
.keys-app {
  margin-block: 0;
  border-block-start: 1px solid color-mix(in srgb, currentcolor 25%, transparent);
}
.keys-app > summary {
  font-weight: bold;
}
.keys-forms {
  margin-block: 0.5em;
}
.keys-worked,
.keys-failed {
  border-inline-start: 0.25em solid #1a7f37;
  padding-inline-start: 0.75em;
}
.keys-failed {
  border-color: #9a6700;
}
.keys-table {
  overflow-x: auto;
  margin-block-start: 1.5em;
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
.keys-client,
.keys-pq {
  display: block;
}
.keys-revoked,
.keys-revoked .keys-fingerprint {
  text-decoration: line-through;
  text-decoration-thickness: 0.1em;
}
.keys-uri code,
.keys-long,
.keys-history,
.keys-pre {
  overflow-wrap: anywhere;
}
:is(.keys-uri, .keys-history) code,
:is(.keys-long, .keys-pre, .keys-fingerprint, .keys-client) {
  font-variant: no-common-ligatures lining-nums slashed-zero;
}
:is(.keys-pre, .keys-pre code) {
  white-space: pre-wrap;
}
.keys-client {
  font-weight: normal;
}
/* However much is in them, codes of devices are of one size, and stand on one line. */
.keys-codes > div {
  display: grid;
  grid-template-columns: repeat(auto-fill, minmax(min(11em, 100%), 1fr));
  align-items: end;
  gap: 1.5em;
}
.keys-codes img {
  width: 11em;
  height: 11em;
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
.keys-compare textarea {
  box-sizing: border-box;
  overflow-x: auto;
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
.keys-wall {
  display: none;
}
${byMedium}`
