// Longer than 250 lines: one text in another language.
/**
 * The zine in Typst: one text, whatever is printed. All that authors wrote comes as data, from zine.json, and stands in the pages as
 * strings, which Typst never reads as markup: nothing of it can become code. `data.ts` writes the data, and has the names of its fields.
 */
export const TEMPLATE = String.raw`
#let zine = json("/zine.json")
#let words = zine.words

#let said(lang, body) = if lang == none { body } else { text(lang: lang.lang, region: lang.region, body) }

#set document(title: zine.title, author: zine.authors, date: datetime(year: zine.date.at(0), month: zine.date.at(1), day: zine.date.at(2)))
#set text(font: zine.fonts.text, fallback: false, size: 10pt, lang: zine.lang.lang, region: zine.lang.region, hyphenate: true)
#set par(justify: true, leading: 0.62em, spacing: 0.62em, first-line-indent: (amount: 1.2em, all: false))
#set smartquote(enabled: false)
#set list(indent: 0.4em, spacing: 0.62em)
#set enum(indent: 0.4em, spacing: 0.62em)
#set terms(hanging-indent: 1.2em, spacing: 0.8em)
#set footnote.entry(gap: 0.4em, indent: 0em, separator: line(length: 25%, stroke: 0.4pt))
#show footnote.entry: set text(size: 8pt)
#show footnote.entry: set par(leading: 0.5em, spacing: 0.5em, justify: false, first-line-indent: 0em)
#set figure(numbering: none, supplement: none, gap: 0.8em)
#show figure: set block(above: 1.2em, below: 1.2em)
#show figure.caption: it => text(size: 8.5pt, style: "italic", it.body)
#set highlight(fill: luma(225))
#set underline(offset: 0.15em)

// Code: letters of one width, nowhere hyphenated; a word that no line holds is broken where it must be.
#let unbroken = 34
#let breakable(s) = s.split(" ").map(word => if word.len() > unbroken { word.clusters().join(box()) } else { word }).join(" ")
#show raw: set text(font: zine.fonts.code, fallback: false, hyphenate: false, size: 1.05em)
#set raw(theme: none)
#show raw.line: it => if it.text.split(" ").any(word => word.len() > unbroken) { breakable(it.text) } else { it.body }
#show raw.where(block: true): it => {
  set par(justify: false, leading: 0.5em, first-line-indent: 0em)
  set text(size: 7.5pt)
  block(width: 100%, fill: luma(245), inset: 0.8em, above: 1.1em, below: 1.1em, breakable: true, it)
}

#let picture(node) = {
  let drawn = image("/" + node.name, width: node.width * 1pt, height: node.height * 1pt, alt: if node.alt == "" { none } else { node.alt })
  if node.alt == "" { pdf.artifact(drawn) } else { drawn }
}

// A node of the data, with all that is in it.
#let draw(node) = {
  let all(nodes) = nodes.map(draw).join()
  let k = node.k
  // What stands in a line.
  if k == "text" { node.s }
  else if k == "long" { node.s.join(box()) }
  else if k == "emphasis" { emph(all(node.c)) }
  else if k == "strong" { strong(all(node.c)) }
  else if k == "strike" { strike(all(node.c)) }
  else if k == "sub" { sub(all(node.c)) }
  else if k == "sup" { super(all(node.c)) }
  else if k == "mark" { highlight(all(node.c)) }
  else if k == "underline" { underline(all(node.c)) }
  else if k == "code" { if node.whole { box(raw(node.s)) } else { raw(node.s) } }
  else if k == "break" { linebreak() }
  else if k == "language" { said(node.lang, all(node.c)) }
  else if k == "web" { link(node.to, all(node.c)) }
  else if k == "piece" { link(label(node.to), all(node.c)) }
  else if k == "page" { link(label(node.to), context str(counter(page).at(label(node.to)).first())) }
  else if k == "image" { box(baseline: 20%, picture(node)) }
  else if k == "note" { [#footnote(all(node.c))#label(node.id)] }
  else if k == "again" { footnote(label(node.id)) }
  // Blocks.
  else if k == "paragraph" { par(all(node.c)) }
  else if k == "line" { all(node.c) }
  else if k == "heading" { [#heading(level: node.level, all(node.c))#label(node.id)] }
  else if k == "quote" { block(inset: (left: 1.6em, right: 1.6em), above: 1.1em, below: 1.1em, { set par(first-line-indent: 0em); quote(block: false, quotes: false, all(node.c)) }) }
  else if k == "aside" { block(width: 100%, inset: (left: 1em, y: 0.2em), stroke: (left: 1.5pt + luma(150)), above: 1.1em, below: 1.1em, all(node.c)) }
  else if k == "block-code" { raw(node.s, block: true) }
  else if k == "rule" { block(width: 100%, above: 1.4em, below: 1.4em, align(center, line(length: 20%, stroke: 0.5pt))) }
  else if k == "figure" {
    if node.c.len() == 0 { block(width: 100%, above: 1.2em, below: 1.2em, align(center, picture(node))) }
    else { figure(picture(node), caption: all(node.c)) }
  }
  else if k == "list" { block(above: 0.9em, below: 0.9em, list(tight: node.tight, ..node.c.map(all))) }
  else if k == "enum" { block(above: 0.9em, below: 0.9em, enum(tight: node.tight, start: node.start, ..node.c.map(all))) }
  else if k == "terms" { block(above: 0.9em, below: 0.9em, terms(..node.c.map(item => terms.item(all(item.term), all(item.c))))) }
  else if k == "table" {
    set par(justify: false, leading: 0.5em, first-line-indent: 0em)
    set text(size: 8pt)
    let cell(c) = table.cell(colspan: c.columns, align: if c.align == "right" { right } else if c.align == "center" { center } else { left }, if c.head { strong(all(c.c)) } else { all(c.c) })
    let drawn = table(
      columns: node.widths.map(w => w * 1fr), stroke: none, inset: (x: 0.4em, y: 0.45em),
      table.hline(stroke: 0.6pt),
      ..if node.head.len() > 0 { (table.header(..node.head.flatten().map(cell)), table.hline(stroke: 0.4pt)) },
      ..node.body.flatten().map(cell),
      table.hline(stroke: 0.6pt),
    )
    if node.c.len() == 0 { block(width: 100%, above: 1.1em, below: 1.1em, breakable: not node.small, drawn) }
    else { show figure: set block(breakable: not node.small); figure(drawn, kind: table, caption: figure.caption(position: top, all(node.c))) }
  }
  else if k == "rows" {
    set par(justify: false, first-line-indent: 0em)
    if node.c.len() > 0 { block(above: 1.1em, emph(all(node.c))) }
    for row in node.rows {
      block(width: 100%, stroke: (top: 0.4pt), inset: (y: 0.5em), above: 0.4em, below: 0.4em, text(size: 8.5pt, terms(spacing: 0.5em, ..row.map(item => terms.item(all(item.term), all(item.c))))))
    }
  }
}
#let all(nodes) = nodes.map(draw).join()

// Bookmarks and contents have a heading's words alone; the notes that it calls follow it on the page.
#show heading: it => {
  let notes = if it.has("label") { zine.notes.at(str(it.label), default: ()) } else { () }
  block(above: if it.level == 2 { 1.6em } else { 1.3em }, below: 0.8em, sticky: true, {
    set par(justify: false, first-line-indent: 0em)
    set text(hyphenate: false, size: if it.level == 2 { 12pt } else if it.level == 3 { 10.5pt } else { 10pt }, style: if it.level > 3 { "italic" } else { "normal" }, weight: if it.level > 3 { "regular" } else { "bold" })
    it.body + all(notes)
  })
}
// A title of any length has its page.
#let title-size(length) = if length < 45 { 20pt } else if length < 120 { 15pt } else if length < 250 { 12pt } else { 10pt }
#let display(length, body) = {
  set par(justify: false, leading: 0.5em, first-line-indent: 0em)
  set text(size: title-size(length), hyphenate: length > 120, weight: "bold")
  body
}

#let running = context {
  let here-page = here().page()
  let before = query(selector(<start>).before(here()))
  let all-starts = query(<start>).filter(start => start.location().page() == here-page)
  if all-starts.len() == 0 and before.len() > 0 and before.last().value.short != none {
    let start = before.last().value
    set text(size: 8pt, style: "italic")
    if calc.odd(here-page) { align(right, said(start.lang, start.short)) } else { align(left, zine.short) }
  }
}
#let folio = context {
  let here-page = here().page()
  if here-page > zine.front {
    set text(size: 9pt)
    align(if calc.odd(here-page) { right } else { left }, str(here-page))
  }
}
#set page(
  width: zine.paper.width * 1mm, height: zine.paper.height * 1mm, binding: left,
  margin: (inside: zine.margins.inside * 1mm, outside: zine.margins.outside * 1mm, top: zine.margins.top * 1mm, bottom: zine.margins.bottom * 1mm),
  header: running, footer: folio, header-ascent: 40%, footer-descent: 40%,
)
#let start(short, lang) = [#metadata((short: short, lang: lang))<start>]
#let place-of(name) = context [#metadata((name: name, page: here().page()))<place>]

// The cover fills its page, and has an empty page behind it.
#if zine.cover != none {
  page(margin: 0pt, header: none, footer: none, image("/" + zine.cover, width: 100%, height: 100%, fit: "cover", alt: words.cover))
  page(header: none, footer: none, [])
}

// The title page.
#start(none, none)
#block(height: 100%, width: 100%, {
  set par(justify: false, first-line-indent: 0em)
  set align(center)
  v(1fr)
  { show title: it => display(zine.title.clusters().len() * 0.6, it.body); title(all(zine.title-line)) }
  v(1.2em)
  for line in zine.subtitle { text(size: 11pt, line); linebreak() }
  v(2fr)
  for line in zine.imprint { text(size: 9pt, line); linebreak() }
})
#pagebreak()

// Contents.
#start(none, none)
#place-of("contents")
#{
  show heading: it => block(below: 1.2em, text(size: 15pt, it.body))
  heading(level: 1, outlined: false, bookmarked: true, words.contents)
  show outline.entry: it => {
    let key = if it.element.has("label") { str(it.element.label) } else { "" }
    set par(justify: false, first-line-indent: 0em, hanging-indent: 1em)
    set text(hyphenate: false)
    block(above: 0.75em, said(zine.langs.at(key, default: none), link(it.element.location(), it.indented(none, it.inner()))))
  }
  outline(title: none, depth: 1)
}

// The posts.
#for piece in zine.pieces {
  pagebreak()
  place-of(piece.id)
  start(piece.short, piece.lang)
  said(piece.lang, {
    show heading.where(level: 1): it => block(above: 0em, below: 0.9em, display(piece.length, it.body))
    [#heading(level: 1, all(piece.title))#label(piece.id)]
    if piece.byline.len() > 0 {
      block(below: 0.7em, { set par(justify: false, first-line-indent: 0em); text(size: 9pt, style: "italic", piece.byline.join(linebreak())) })
    }
    if piece.address != none {
      block(below: 1.8em, { set par(justify: false, first-line-indent: 0em); text(size: 8pt, link(piece.address, all(piece.shown))) })
    }
    all(piece.c)
  })
}

// The colophon, on the last page.
#pagebreak()
#start(none, none)
#place-of("colophon")
#set par(justify: false, first-line-indent: 0em, spacing: 0.9em)
#set text(size: 9pt)
#{
  show heading.where(level: 1): it => block(below: 1.2em, text(size: 13pt, it.body))
  heading(level: 1, outlined: false, bookmarked: true, words.colophon)
}
#all(zine.colophon)
#v(1fr)
// Its margin is a part of it, and stands in that of the page.
#pad(left: -3mm, bottom: -2mm, image("/qr.svg", width: 28mm, alt: words.qr))
#block(above: 0.6em, link(zine.address, all(zine.shown)))
`
