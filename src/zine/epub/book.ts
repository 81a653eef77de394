import { createHash } from 'node:crypto'
import { strToU8, zipSync, type Zippable } from 'fflate'
import { element, escapeXml } from '../../core/xml.ts'
import type { ZinePiece } from '../flow/flow.ts'
import type { PrintedPicture } from '../flow/pictures.ts'
import type { ZineWords } from '../words.ts'
import { blocksXhtml, headingsOf, pieceFile, pieceXhtml, xhtml } from './xhtml.ts'

/** What a book is made of. */
export interface Book {
  readonly title: string
  /** Lines below it. */
  readonly subtitle: readonly string[]
  readonly description: string | undefined
  readonly lang: string
  /** ISO day. */
  readonly date: string
  /** Of the issue, on the web. */
  readonly address: string
  readonly authors: readonly string[]
  readonly pieces: readonly ZinePiece[]
  readonly colophon: ZinePiece
  readonly cover: PrintedPicture | undefined
  readonly pictures: readonly PrintedPicture[]
  readonly words: ZineWords
}

/** The first moment that a ZIP file can name: no file says when it was made. */
const NO_TIME = new Date(1980, 0, 1)

/** An EPUB 3.3 (W3C, 2023; OCF, section 4): the same bytes for the same book. */
export function makeEpub(book: Book): Uint8Array {
  const files = new Map<string, string | Uint8Array>([
    ['META-INF/container.xml', CONTAINER],
    ['EPUB/package.opf', packageDocument(book)],
    ['EPUB/nav.xhtml', navigation(book)],
    ['EPUB/style.css', STYLE],
    ['EPUB/title.xhtml', titlePage(book)],
    ...(book.cover ? [['EPUB/cover.xhtml', coverPage(book, book.cover)] as const] : []),
    ...book.pieces.map((piece, n) => [`EPUB/${pieceFile(n)}`, pieceXhtml(piece, book)] as const),
    ['EPUB/colophon.xhtml', colophon(book)],
    ...book.pictures.map(({ name, bytes }) => [`EPUB/${name}`, bytes] as const),
  ])
  const zip: Zippable = { mimetype: [strToU8('application/epub+zip'), { level: 0, mtime: NO_TIME }] }
  for (const [path, contents] of files)
    zip[path] = [typeof contents === 'string' ? strToU8(contents) : contents, { level: 9, mtime: NO_TIME }]
  return zipSync(zip)
}

const CONTAINER = `<?xml version="1.0" encoding="utf-8"?>
<container version="1.0" xmlns="urn:oasis:names:tc:opendocument:xmlns:container">
<rootfiles>
<rootfile full-path="EPUB/package.opf" media-type="application/oebps-package+xml"/>
</rootfiles>
</container>
`

/** Made of the address, as RFC 9562, 5.8 allows: the same book has the same name for ever. */
function identifier({ address }: Book): string {
  const hash = createHash('sha256').update(address).digest('hex')
  const variant = ((Number.parseInt(hash[16]!, 16) & 3) | 8).toString(16)
  return `urn:uuid:${hash.slice(0, 8)}-${hash.slice(8, 12)}-8${hash.slice(13, 16)}-${variant}${hash.slice(17, 20)}-${hash.slice(20, 32)}`
}

function packageDocument(book: Book): string {
  const { title, lang, date, address, authors, description, pieces, cover, pictures } = book
  const hasImages = pictures.length > 0
  const property = (name: string, value: string) => element('meta', value, { property: name })
  const metadata = [
    element('dc:identifier', identifier(book), { id: 'id' }),
    element('dc:title', title),
    element('dc:language', lang),
    ...authors.map(author => element('dc:creator', author)),
    element('dc:date', date),
    element('dc:source', address),
    element('dc:description', description),
    property('dcterms:modified', `${date}T00:00:00Z`),
    property('schema:accessMode', 'textual'),
    ...(hasImages ? [property('schema:accessMode', 'visual')] : []),
    property('schema:accessModeSufficient', 'textual'),
    ...['structuralNavigation', 'tableOfContents', 'readingOrder', 'displayTransformability'].map(each =>
      property('schema:accessibilityFeature', each),
    ),
    ...(hasImages ? [property('schema:accessibilityFeature', 'alternativeText')] : []),
    property('schema:accessibilityHazard', 'none'),
    property(
      'schema:accessibilitySummary',
      'Text with headings, a table of contents and notes that lead back; pictures have their words.',
    ),
  ]
  const documents = [
    ...(cover ? ['cover.xhtml'] : []),
    'title.xhtml',
    'nav.xhtml',
    ...pieces.map((_, n) => pieceFile(n)),
    'colophon.xhtml',
  ]
  const item = (path: string, type: string, properties?: string) =>
    `<item id="${idOf(path)}" href="${path}" media-type="${type}"${properties === undefined ? '' : ` properties="${properties}"`}/>\n`
  const manifest = [
    ...documents.map(path => item(path, 'application/xhtml+xml', path === 'nav.xhtml' ? 'nav' : undefined)),
    item('style.css', 'text/css'),
    ...pictures.map(({ name, type }) => item(name, type, name === cover?.name ? 'cover-image' : undefined)),
  ]
  return `<?xml version="1.0" encoding="utf-8"?>
<package xmlns="http://www.idpf.org/2007/opf" version="3.0" unique-identifier="id" xml:lang="${escapeXml(lang)}">
<metadata xmlns:dc="http://purl.org/dc/elements/1.1/">
${metadata.join('')}</metadata>
<manifest>
${manifest.join('')}</manifest>
<spine>
${documents.map(path => `<itemref idref="${idOf(path)}"/>\n`).join('')}</spine>
</package>
`
}

const idOf = (path: string) => path.replace(/[^a-z\d-]/gi, '-').replace(/^images-/, 'i-')

function navigation({ title, lang, pieces, words }: Book): string {
  const item = (href: string, text: string, inner = '') =>
    `<li><a href="${href}">${escapeXml(text)}</a>${inner}</li>\n`
  const list = pieces.map((piece, n) => {
    const headings = headingsOf(piece).map(({ anchor, text }) => item(`${pieceFile(n)}#${anchor}`, text))
    return item(pieceFile(n), piece.title, headings.length === 0 ? '' : `\n<ol>\n${headings.join('')}</ol>\n`)
  })
  return xhtml(
    title,
    lang,
    `<nav epub:type="toc" role="doc-toc" aria-labelledby="contents">
<h1 id="contents">${escapeXml(words.contents)}</h1>
<ol>
${list.join('')}${item('colophon.xhtml', words.colophon)}</ol>
</nav>
<nav epub:type="landmarks" hidden="hidden">
<ol>
<li><a epub:type="toc" href="nav.xhtml">${escapeXml(words.contents)}</a></li>
<li><a epub:type="bodymatter" href="${pieceFile(0)}">${escapeXml(pieces[0]?.title ?? title)}</a></li>
</ol>
</nav>
`,
  )
}

const titlePage = ({ title, subtitle, lang }: Book): string =>
  xhtml(
    title,
    lang,
    `<section epub:type="titlepage" class="title">\n<h1>${escapeXml(title)}</h1>\n${subtitle.map(line => `<p>${escapeXml(line)}</p>\n`).join('')}</section>\n`,
  )

const coverPage = ({ title, lang, words }: Book, { name }: PrintedPicture): string =>
  xhtml(
    title,
    lang,
    `<section epub:type="cover" class="cover">\n<img src="${name}" alt="${escapeXml(`${words.cover}: ${title}`)}" role="doc-cover"/>\n</section>\n`,
  )

const colophon = (book: Book): string =>
  xhtml(
    book.words.colophon,
    book.lang,
    `<section epub:type="colophon" role="doc-colophon" aria-labelledby="title">\n<h1 id="title">${escapeXml(book.words.colophon)}</h1>\n${blocksXhtml(book.colophon, book)}<p><a href="${escapeXml(book.address)}">${escapeXml(book.address)}</a></p>\n</section>\n`,
  )

const STYLE = `body { line-height: 1.4; }
h1, h2, h3, h4, h5, h6 { line-height: 1.2; hyphens: none; }
p { margin: 0; text-indent: 1.2em; }
h1 + p, h2 + p, h3 + p, hr + p, .byline, .source, .number, li > p:first-child, td p, dd p:first-child, aside p, .title p, .byline + p { text-indent: 0; }
.byline { font-style: italic; font-size: 0.9em; margin-bottom: 1.2em; }
.byline + .byline { margin-top: -1.2em; }
.source { font-size: 0.8em; margin-top: 1.6em; overflow-wrap: break-word; }
.title, .cover { text-align: center; }
.title { margin-top: 30%; }
.cover img { max-width: 100%; max-height: 100%; }
img { max-width: 100%; height: auto; }
figure { margin: 1.2em 0; text-align: center; }
figcaption, caption { font-style: italic; font-size: 0.9em; }
pre { font-size: 0.8em; white-space: pre-wrap; overflow-wrap: break-word; margin: 1em 0; }
table { border-collapse: collapse; font-size: 0.85em; margin: 1em 0; }
th, td { text-align: left; vertical-align: top; padding: 0.2em 0.6em 0.2em 0; }
th.right, td.right { text-align: right; }
th.center, td.center { text-align: center; }
thead th { border-bottom: 1px solid; }
a[role="doc-noteref"] { vertical-align: super; font-size: 0.7em; line-height: 0; text-decoration: none; }
.notes { margin-top: 2em; border-top: 1px solid; padding-top: 0.5em; font-size: 0.85em; }
aside { margin: 0.8em 0; }
`
