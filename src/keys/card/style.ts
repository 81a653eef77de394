/**
 * On the screen the sheets lie one below the other. Printed, each is a page of its own and of its own size, and nothing else of the
 * site’s layout is there; the fonts are the site’s.
 */
export const cardStyle = `@page keys-card {
  size: 74mm 105mm;
  margin: 0;
}
@page keys-poster {
  size: A4;
  margin: 0;
}
.keys-sheet {
  display: flex;
  flex-direction: column;
  align-items: center;
  justify-content: space-between;
  box-sizing: border-box;
  margin: 1.5rem auto;
  overflow: hidden;
  background: #fff;
  color: #000;
  color-scheme: only light;
  outline: 1px solid #8888;
  text-align: center;
  print-color-adjust: exact;
}
.keys-sheet :is(h2, p, ol) {
  margin: 0;
  max-width: 100%;
  color: inherit;
  text-indent: 0;
  overflow-wrap: anywhere;
}
.keys-sheet code {
  background: none;
  color: inherit;
  font-size: 0.85em;
  overflow-wrap: anywhere;
}
.keys-sheet img {
  flex: none;
  height: auto;
  forced-color-adjust: none;
}
.keys-card {
  page: keys-card;
  width: 74mm;
  height: 105mm;
  padding: 5mm;
  font-size: 3mm;
  line-height: 1.3;
}
.keys-card h2 {
  font-size: 4.2mm;
}
.keys-card img {
  width: 62mm;
}
.keys-poster {
  page: keys-poster;
  width: 210mm;
  max-width: 100%;
  height: 296mm;
  padding: 15mm;
  font-size: 5.5mm;
  line-height: 1.35;
}
.keys-poster h2 {
  font-size: 12mm;
}
.keys-poster img {
  width: 140mm;
  max-width: 100%;
}
.keys-poster ol {
  padding-inline-start: 1.5em;
  text-align: start;
}
@media print {
  body :not(:has(.keys-sheet), .keys-sheet, .keys-sheet *) {
    display: none;
  }
  :is(html, body, body :has(.keys-sheet)):not(.keys-sheet) {
    display: block;
    margin: 0;
    border: 0;
    padding: 0;
    max-width: none;
    min-height: 0;
  }
  .keys-sheet {
    margin: 0;
    max-width: none;
    break-after: page;
    break-inside: avoid;
    outline: 0;
  }
  .keys-sheet:last-of-type {
    break-after: auto;
  }
}
`
