/** What the page is like on narrower screens and on paper. */
export const byMedium = `/* Beside the fingerprint is no room for more, unless the page has it. */
@media screen and (min-width: 36rem) and (max-width: 75rem) {
  .keys-table :is(table, caption, tbody) {
    display: block;
  }
  .keys-table thead {
    display: none;
  }
  .keys-table tr {
    display: grid;
    grid-template-columns: minmax(9em, 1fr) 2fr;
    border-block-end: 1px solid color-mix(in srgb, currentcolor 25%, transparent);
    padding-block: 0.5em;
  }
  .keys-table :is(th, td) {
    border: 0;
    padding-block: 0;
  }
  .keys-table td:nth-child(3) {
    grid-column: 2;
    padding-block-start: 0.5em;
  }
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
/* One page for a wall, for each account: the address, the code, the devices, who signed it, and where the page is. */
@media print {
  .keys-copy,
  .keys-compare,
  .keys-here,
  .keys-apps,
  .keys-codes,
  .keys-uri,
  .keys-others,
  .keys-check,
  .keys-past,
  .keys-client,
  .keys-scan .keys-note,
  .keys-devices :is(th, td):nth-child(3) {
    display: none;
  }
  .keys-account + .keys-account {
    break-before: page;
  }
  .keys-wall {
    display: block;
    flex: 1 1 0;
    align-self: end;
  }
  .keys-begin {
    flex-wrap: nowrap;
    break-inside: avoid;
  }
  .keys-account > h2,
  .keys-qr,
  .keys-table {
    margin-block: 0.5em;
  }
  .keys-table {
    overflow: visible;
    font-size: 0.9em;
    line-height: 1.25;
  }
  .keys-table th,
  .keys-table td {
    padding-block: 0.2em;
  }
  .keys-fingerprint {
    background: none;
    color-scheme: only light;
  }
}
`
