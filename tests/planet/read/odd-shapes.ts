import { atom, json, rss, type Shape } from './shape.ts'

/** Encodes Russian letters by hand: the tests are to know of encodings without the program’s decoder. */
const encode = (text: string, table: string): Buffer =>
  Buffer.from(
    [...text].map(letter => (letter < '\x80' ? letter.charCodeAt(0) : 0x80 + table.indexOf(letter))),
  )

const LOW = '\0'.repeat(0x40)
const WINDOWS_1251 = `${LOW}АБВГДЕЖЗИЙКЛМНОПРСТУФХЦЧШЩЪЫЬЭЮЯабвгдежзийклмнопрстуфхцчшщъыьэюя`
const KOI8_R = `${LOW}юабцдефгхийклмнопярстужвьызшэщчъЮАБЦДЕФГХИЙКЛМНОПЯРСТУЖВЬЫЗШЭЩЧЪ`

const russian = (encoding: string) =>
  `<?xml version="1.0"${encoding === '' ? '' : ` encoding="${encoding}"`}?><rss version="2.0"><channel><title>Блог</title><item><title>Привет</title></item></channel></rss>`

const greeting = { title: 'Блог', entries: [{ title: 'Привет' }] } as const

export const oddShapes: readonly Shape[] = [
  {
    name: 'JSON Feed 1.1',
    body: json({
      home_page_url: 'https://blog.example/',
      language: 'en',
      items: [
        {
          id: 'https://blog.example/1',
          url: 'https://blog.example/1',
          title: 'A <b> & c',
          content_html: '<p>x</p>',
          date_published: '2026-01-02T03:04:05+03:00',
          date_modified: '2026-01-03T00:00:00Z',
          authors: [{ name: 'Ann' }],
        },
      ],
    }),
    contentType: 'application/feed+json',
    title: 'Blog',
    home: 'https://blog.example/',
    entries: [
      {
        title: 'A <b> & c',
        author: 'Ann',
        lang: 'en',
        published: '2026-01-02T00:04:05.000Z',
        updated: '2026-01-03T00:00:00.000Z',
        content: '<p>x</p>',
      },
    ],
  },
  {
    name: 'JSON Feed 1.0 with author, text and a number for an id',
    body: json({
      version: 'https://jsonfeed.org/version/1',
      author: { name: 'Ann' },
      items: [{ id: 7, content_text: 'One\n\nTwo\nthree <b>' }],
    }),
    entries: [{ id: '7', author: 'Ann', content: '<p>One</p>\n<p>Two<br>three &lt;b></p>' }],
  },
  {
    name: 'JSON Feed with attachments and an address elsewhere',
    body: json({
      items: [
        {
          id: '1',
          external_url: 'https://e.example/x',
          content_html: '',
          attachments: [{ url: 'https://e.example/a.mp3', mime_type: 'audio/mpeg' }],
        },
      ],
    }),
    entries: [
      {
        link: 'https://e.example/x',
        content: '<p><a href="https://e.example/a.mp3" rel="nofollow noopener">a.mp3</a></p>',
      },
    ],
  },
  {
    name: 'JSON Feed with keys that are no keys',
    body: '{"version":"https://jsonfeed.org/version/1.1","title":"T","items":[{"__proto__":{"title":"x"},"id":"1","title":"One"}]}',
    entries: [{ id: '1', title: 'One' }],
  },
  { name: 'windows-1251, by its XML', body: encode(russian('windows-1251'), WINDOWS_1251), ...greeting },
  {
    name: 'windows-1251, by HTTP alone',
    body: encode(russian(''), WINDOWS_1251),
    contentType: 'text/xml; charset=windows-1251',
    ...greeting,
  },
  { name: 'koi8-r, by its XML', body: encode(russian('koi8-r'), KOI8_R), ...greeting },
  {
    name: 'koi8-r by HTTP, against its XML',
    body: encode(russian('windows-1251'), KOI8_R),
    contentType: 'application/rss+xml; charset="KOI8-R"',
    ...greeting,
  },
  {
    name: 'UTF-8 under a server that says ISO 8859-1 of everything',
    body: russian('utf-8'),
    contentType: 'text/xml; charset=iso-8859-1',
    ...greeting,
  },
  {
    name: 'windows-1251 under a server that says UTF-8 of everything',
    body: encode(russian('windows-1251'), WINDOWS_1251),
    contentType: 'application/rss+xml; charset=utf-8',
    ...greeting,
  },
  {
    name: 'UTF-8 with single quotes in its declaration',
    body: russian('utf-8').replaceAll(/(?<=<\?xml[^>]*)"/g, "'"),
    ...greeting,
  },
  { name: 'UTF-8 that says nothing of itself', body: russian(''), contentType: 'text/xml', ...greeting },
  { name: 'UTF-8 with a byte order mark', body: `\uFEFF${russian('windows-1251')}`, ...greeting },
  {
    name: 'UTF-16 with a byte order mark',
    body: Buffer.from(`\uFEFF${russian('utf-16')}`, 'utf16le'),
    ...greeting,
  },
  {
    name: 'UTF-16 without one, the other way round',
    body: Buffer.from(russian('utf-16'), 'utf16le').swap16(),
    ...greeting,
  },
  {
    name: 'ISO 8859-1 that is windows-1252',
    body: Buffer.from(
      '<?xml version="1.0" encoding="ISO-8859-1"?><rss version="2.0"><channel><title>Caf\xe9</title><item><title>It\x92s \x80 5</title></item></channel></rss>',
      'latin1',
    ),
    title: 'Café',
    entries: [{ title: 'It’s € 5' }],
  },
  {
    name: 'UTF-8 with a letter cut in two',
    body: Buffer.concat([
      Buffer.from('<rss version="2.0"><channel><title>Блог</title><item><title>При'),
      Buffer.from([0xd0]),
      Buffer.from('</title></item></channel></rss>'),
    ]),
    entries: [{ title: 'При\uFFFD' }],
  },
  {
    name: 'control characters, and references to them',
    body: rss('<item><title>a\x00\x08\x13b&#1;&#x1f;c</title><guid>1</guid></item>'),
    entries: [{ title: 'abc' }],
  },
  { name: 'blank lines before the declaration', body: `\n\n  ${russian('utf-8')}`, ...greeting },
  {
    name: 'a comment and a stylesheet before the feed',
    body: `<?xml version="1.0"?><?xml-stylesheet href="x.xsl"?><!-- <rss> --><rss version="2.0"><channel><title>T</title><item><title>One</title></item></channel></rss>`,
    entries: [{ title: 'One' }],
  },
  {
    name: 'text after the feed, as caches leave it',
    body: `${rss('<item><title>One</title></item>')}<!-- cached 0.2 s -->`,
    entries: [{ title: 'One' }],
  },
  {
    name: 'a feed that is said to be HTML',
    body: rss('<item><title>One</title></item>'),
    contentType: 'text/html; charset=utf-8',
    entries: [{ title: 'One' }],
  },
  {
    name: 'a feed that is said to be nothing',
    body: rss('<item><title>One</title></item>'),
    contentType: 'application/octet-stream',
    entries: [{ title: 'One' }],
  },
  {
    name: 'entities of its own: they stand for nothing',
    body: `<?xml version="1.0"?><!DOCTYPE rss [<!ENTITY nbsp "&#160;"><!ENTITY mine "<item/>"><!-- ]> --><!ENTITY q ']>'>]>${rss('<item><title>a&nbsp;b &mine;</title></item>').replace(/<\?.*?\?>/, '')}`,
    entries: [{ title: 'a b &mine;' }],
  },
  {
    name: 'a title of several lines, of blanks, and of 2,000 words',
    body: rss(
      `<item><title>\n  One\n  two\t three </title></item><item><title>  </title><guid>1</guid><description>x</description></item><item><title>${'word '.repeat(2000)}</title></item>`,
    ),
    entries: [{ title: 'One two three' }, { title: undefined }, { title: `${'word '.repeat(58)}word…` }],
  },
  {
    name: 'text from right to left, with marks that pair and marks that do not',
    body: atom(
      `<entry><id>a:1</id><title>\u2067\u05d0\u05d1\u2069 x</title></entry><entry><id>a:2</id><title>\u202Etxt.exe</title><content type="html">&lt;p dir="rtl">\u05d0 \u2067x&lt;/p></content></entry>`,
      ' xml:lang="he"',
    ),
    entries: [
      { title: '\u2067\u05d0\u05d1\u2069 x', lang: 'he' },
      { title: 'txt.exe', content: '<p dir="rtl">\u05d0 x</p>' },
    ],
  },
  {
    name: 'more entries than anybody reads',
    body: rss(Array.from({ length: 1000 }, (_, n) => `<item><title>${n}</title></item>`).join('')),
    entries: Array.from({ length: 200 }, (_, n) => ({ title: String(n) })),
    omissions: ['the feed has more than 200 entries, the first of which are taken'],
  },
  {
    name: 'a text of a megabyte, with a summary',
    body: atom(
      `<entry><id>a:1</id><title>1</title><summary>Short</summary><content type="html">${'x'.repeat(1_000_000)}</content></entry><entry><id>a:2</id><title>2</title><content type="html">${'x'.repeat(1_000_000)}</content></entry>`,
    ),
    entries: [{ content: '<p>Short</p>' }, { content: undefined }],
    omissions: ['the text of an entry is longer than 512 K'],
  },
]
