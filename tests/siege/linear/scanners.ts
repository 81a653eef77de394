import type * as References from '../../../src/build/links/references.ts'
import type * as Picture from '../../../src/build/output/picture-location.ts'
import type * as Sealed from '../../../src/build/output/sealed-location.ts'
import type * as Program from '../../../src/cli/program.ts'
import type * as Json from '../../../src/core/json.ts'
import type * as Client from '../../../src/dev/server/with-client.ts'
import type * as Locate from '../../../src/dev/marks/locate-places.ts'
import type * as ReadDocument from '../../../src/document/document.ts'
import type * as Fences from '../../../src/document/fences.ts'
import type * as Foreign from '../../../src/document/opaque/foreign.ts'
import type * as Secrets from '../../../src/document/secrets.ts'
import type * as Formulas from '../../../src/document/syntax/math.ts'
import type * as Navigation from '../../../src/editor/navigation.ts'
import type * as Published from '../../../src/editor/published.ts'
import type * as Library from '../../../src/index.ts'
import type * as ReadText from '../../../src/keys/import/read-text.ts'
import type * as Signers from '../../../src/keys/verify/allowed-signers.ts'
import type * as Feed from '../../../src/planet/read/read-feed.ts'
import type * as Sanitize from '../../../src/planet/read/sanitize.ts'
import type * as Piece from '../../../src/zine/flow/read-piece.ts'
import type * as Xhtml from '../../../src/zine/epub/xhtml.ts'
import type { LintSettings, RuleDefinition } from '../../../src/index.ts'
import { ruleCodes } from '../../../src/lint/rules/rule-codes.ts'
import { noPipes } from '../../call.ts'
import { folderWith } from '../../folder.ts'
import type { Files } from '../../tree.ts'
import type { CountedProgram } from './counted-program.ts'

/** What goes through a text, whatever the text may be. */
export interface Scanner {
  readonly run: (text: string) => unknown
  /** Texts that, again and again, take it through its loops. */
  readonly texts: readonly string[]
}

const marks = `It said "a" - b's [c](d "t") \`e\` <f>g</f> «h» http://example.org a@b.cd ![x](y.png) <!-- i -->\n`
const prose = [
  marks,
  '*a* **b** ~~c~~ ==d== ``e`` $f$ {{< g >}} {% h %} {{i}} <%= j %> [^1] [k] *(l)*\n\n',
  "don't 'tis 'a b' 'c' \"d 'e' f\" rock 'n' roll, (\"g\") -- 'h' 5' 6\"\n",
  '# H {.a #b c="d"}\n\n## I\n\n',
  '| a | b |\n|--|--|\n| "c" | d |\n\n',
  '~~~ js title="a" {1}\nx\n~~~\n\n```\ny\n```\n\n',
  '- a\n  - "b"\n    > c\n\n',
  '[^1]: "a"\n\n[a]: b "c"\n\n*[d]: e\n\n',
  "import x from 'y'\nexport const a = { b: '}' }\n\n",
  '<p a="b" c = "d">e "f" \'g\'</p> <!-- typography off --> h <!-- typography on -->\n',
  '<p>{a}</p>\n\n$$\nx\n$$\n\n\\[a\\]\n\n',
  'Dr. A. B. Smith, p. 5, Mr. Brown and J. R. R. T.\nU.S.A. i.e. e.g. St. Ives; a b c\n',
  'a  b \u00a0c\u202fd*\u00a0*e_\u00a0_f http://a.b/(c).) «d» ,,e` x@y.z. foo bar\n',
  '\t a\n   b\n\t\tc\n',
  '> "a" b\n',
  'a <!-- typography off --> "b" <!-- typography on -->\n\n',
  '5 *kg* **a** 6_kg_ "b"\n\n',
  '""a"" \'\'b\'\' ( ("c"\n',
  "'a b' c' 'd e's f' 'tis g' the boys' ",
  '~~~ d\nx\n~~~\n\n[a](nowhere.md) [b](y.png)\n\n',
  '[[toc]]\n\n## A\n\n### B\n\n#### C\n\n',
  "the 'boys' girls' dogs' \n\n",
  '> "a" b\n> c "d"\n> e -- f\n\n',
  '> <p>"a"</p>\n> b\n\n',
  'a <span lang="ru">b ',
  '(((((((((((( Dr. A. B. Cd\n\n',
  '> > > > > > > > a\n\n',
  '\\index{a {b} c}{d} ',
  "'n\n",
  'Part 20 people\n',
  'The lazy dog and the brown fox go home together.\n\nСлово и ещё слово.\n\n',
]
const russian = [
  'Он сказал: "в 5 кг" - и т. д. "Так" -- это «дом "лес" сад» А. С. Пушкин, ул. Ленина, с. 5, №5\n',
  '(((((((((((( Ул. Ленина в XX в. и XIX—XX вв.\n\n',
  'тест кaк a\u0430b сXо и в на под для — что-то 10 % + 5\u00a0р.\n',
  '\\- Привет.\n',
]
const html = [
  '<p class="a" id=b>It said "c" - <b>d</b> <!-- e --> &amp; \'f\'</p>\n',
  '<img srcset="a.png 1x, b.png 2x" src=c.png><a href="d">e</a><style>a { b: url(c) }</style>\n',
  '<script>a</script><pre>b "c"</pre><br/>\n',
  '<a = \t"b" c=\'d\'',
]

const frontMatter = [
  'a: b\n',
  'title: "a\n',
  '- a\n',
  '  a: b # c\n',
  '{"a": [1]}\n',
  '{',
  '%{',
  '+++\na = 1\n',
  '<!-- a -->\n---\n',
  '---\n',
  'a',
]

const ownRule: RuleDefinition = {
  code: 'own/x',
  title: 'X',
  why: 'x',
  writes: '….',
  examples: [],
  run: text => {
    text.replace(/\.\.\./g, '…')
    text.report(/x+/g, 'x')
  },
}

/** A text each of whose lines begins otherwise. */
const numbered = (text: string) => {
  let count = 0
  return text.replaceAll('\n', () => `\nf${count++}`)
}

export function scannersOf({ load }: CountedProgram): Readonly<Record<string, Scanner>> {
  const command = async (
    args: readonly string[],
    files: Files,
    env: Readonly<Record<string, string>> = {},
  ) => {
    const { main } = await load<typeof Program>('cli/program.js')
    const nowhere = { isTerminal: false, write: () => undefined }
    await main(args, {
      stdout: nowhere,
      stderr: nowhere,
      stdin: { isTerminal: () => false, read: () => '' },
      env,
      cwd: folderWith(files),
      pipes: noPipes,
      interrupted: () => new Promise(() => undefined),
      terminated: () => new Promise(() => undefined),
    })
  }
  const lint =
    (path: string, settings: Partial<LintSettings> = {}) =>
    async (text: string) => {
      const library = await load<typeof Library>('index.js')
      const file = { path, text }
      await library.fix(file, await library.lint([file], settings))
    }
  const site = (text: string, place = 'pages/index.md'): Files => ({
    'imprimatur.config.json':
      '{ "site": { "title": "T", "url": "https://example.org" }, "build": { "typography": "fix" } }',
    'layouts/default.ejs':
      '<title><%= page.title %></title><%- metadata() %><%- body %><%= page.excerpt %><%- tableOfContents(page) %>',
    'pages/y.png': 'not a picture',
    [place]: text,
  })
  const old = (files: (text: string) => Files) => (text: string) =>
    command(['import', 'old', 'new'], files(text))
  const printed = async (text: string) => {
    const { readPiece } = await load<typeof Piece>('zine/flow/read-piece.js')
    const { blocksXhtml } = await load<typeof Xhtml>('zine/epub/xhtml.js')
    const file = { path: 'a.md', text }
    const { piece } = readPiece(
      { html: text, file, start: 0, places: 'none', mark: '' },
      { title: 'T', lang: 'en', byline: undefined, address: 'a', url: '/a/' } as never,
      { siteUrl: 'https://example.org', numbers: new Map(), lineWidth: 60, pictureAt: () => 'none' },
    )
    blocksXhtml(piece, { pieces: [piece], words: { notes: 'Notes' } } as never)
  }
  const bytes = (text: string) => Buffer.from(text, 'latin1')

  return {
    'lint of Markdown': { run: lint('a.md'), texts: prose },
    'lint as books are set': {
      run: lint('a.md', {
        preset: 'book',
        words: { keep: ['foo', 'a b'], tie: ['a'], free: ['b'] },
        opaque: ['~~[a-z]+~~'],
        ownRules: [ownRule],
        rules: Object.fromEntries([...ruleCodes].map(code => [code, 'warn'])),
        fix: 'unsafe',
        noBreakSpace: 'character',
      }),
      texts: prose,
    },
    'lint of French': { run: lint('a.fr.md', { preset: 'book' }), texts: ['Il a dit "oui" et « non »\n\n'] },
    'lint of British': { run: lint('a.en-GB.md', { preset: 'book' }), texts: prose },
    'lint of Russian': {
      run: lint('a.ru.md', { preset: 'book' }),
      texts: [...prose.slice(0, 3), ...russian],
    },
    'lint of HTML': { run: lint('a.html'), texts: [...html, ...prose.slice(0, 3)] },
    'lint of a template': { run: lint('a.ejs'), texts: ['<%= a %> "b" <%# c %>\n', ...html] },
    'lint --diff': { run: text => command(['lint', '--diff'], site(text)), texts: prose.slice(0, 3) },
    'a report for a service': {
      run: text => command(['lint', '--format', 'sarif', '--format', 'codeclimate=a.json'], site(text)),
      texts: prose.slice(0, 2),
    },
    'a build': { run: text => command(['build'], site(`---\ntitle: T\n---\n${text}`)), texts: prose },
    'a build of headings and code': {
      run: text => command(['build'], site(text)),
      texts: [
        '# H {.a #b c="d"}\n\n[[toc]]\n\n## A\n\n### B\n\n#### C\n\n',
        '~~~ d\nx\n~~~\n\n[a](nowhere.md)\n\n<!-- c -->\n\n',
        '> "a" b\n> c "d"\n> e -- f\n\n',
      ],
    },
    'a build of Russian': {
      run: text => command(['build'], site(`---\nlang: ru\n---\n${text}`)),
      texts: russian,
    },
    'a build of HTML': { run: text => command(['build'], site(text, 'pages/a.html')), texts: html },
    'a build of a template': {
      run: text => command(['build'], site(text, 'pages/a.ejs')),
      texts: ['<%= 1 %>"b"\n', '<%# a %>', '<%', ...html],
    },
    'a template that is broken': {
      run: text => command(['build'], site(`${text}\n<% ) %>`, 'pages/a.ejs')),
      texts: ['<%% a %>', '<%%'],
    },
    'a page that is nested too deep': {
      run: text => command(['build'], site(`${text}\n\n${'> '.repeat(250)}a\n`)),
      texts: ['a\n', '\n'],
    },
    'a layout': {
      run: text => command(['build'], site(text, 'layouts/page.ejs')),
      texts: ['<%= 1 %>\n'],
    },
    'a style': {
      run: text => command(['build'], site(text, 'pages/a.css')),
      texts: ['a { b: url("c.png") } /* d */\n'],
    },
    'a picture in SVG': {
      run: text => command(['build'], site(text, 'pages/a.svg')),
      texts: ['<svg width="1">'],
    },
    'front matter': {
      run: text => command(['build'], site(`---\n${text}\n---\nA.\n`)),
      texts: frontMatter,
    },
    'front matter of many fields': {
      run: text => command(['build'], site(`---\na${numbered(text)}: a\n---\nA.\n`)),
      texts: [': b\n', ': "b"\n'],
    },
    'syntax of other programs': {
      async run(text) {
        const { readDocument } = await load<typeof ReadDocument>('document/document.js')
        const { foreignSyntax } = await load<typeof Foreign>('document/opaque/foreign.js')
        foreignSyntax(readDocument({ path: 'a.md', text }))
      },
      texts: ['{{i}} ', 'a\n\n    {{i}}\n\n'],
    },
    'what may be a formula': {
      async run(text) {
        const { mayHaveMath } = await load<typeof Formulas>('document/syntax/math.js')
        mayHaveMath(text)
      },
      texts: ['\\$a ', '$a '],
    },
    'what may be front matter': {
      async run(text) {
        const { findFences } = await load<typeof Fences>('document/fences.js')
        for (const before of ['', '---\n', '{\n', '+++\n', '<!-- a -->\n---\n'])
          findFences(before + text, 'markdown')
      },
      texts: frontMatter,
    },
    'defaults of a folder': {
      run: text => command(['build'], { ...site('A.\n'), 'pages/_defaults.yaml': text }),
      texts: ['a: b\n'],
    },
    'a page that is not UTF-8': {
      run: text =>
        command(['lint'], { 'pages/a.md': Buffer.concat([Buffer.from(`\ufffd${text}`), bytes('\xff')]) }),
      texts: ['\ufffd', 'a'],
    },
    'a configuration': {
      run: text => command(['build'], { 'imprimatur.config.json': `{ "site": { "title": "${text}` }),
      texts: ['a', '{"a":'],
    },
    'JSON that is broken': {
      async run(text) {
        const { brokenAt } = await load<typeof Json>('core/json.js')
        brokenAt(text)
      },
      texts: ['['],
    },
    'a new post': { run: text => command(['new', text], site('')), texts: ['Été à « b » — c '] },
    'addresses in HTML': {
      async run(text) {
        const { readReferences, imageCandidates, styleReferences } =
          await load<typeof References>('build/links/references.js')
        readReferences(text)
        readReferences(`<img srcset="${text}">`)
        imageCandidates(text)
        styleReferences(text)
      },
      texts: [...html, 'a 1x, ', 'a,b (c) 2w, ', 'url(a) '],
    },
    'a picture’s place': {
      async run(text) {
        const { hasLocation, withoutLocation } = await load<typeof Picture>(
          'build/output/picture-location.js',
        )
        const { hasSealedLocation } = await load<typeof Sealed>('build/output/sealed-location.js')
        for (const before of [
          '',
          '\xff\xd8\xff\xe1\0\x40Exif\0\0II*\0\x08\0\0\0',
          'RIFF0000WEBP',
          '\x89PNG\r\n\x1a\n',
        ])
          for (const each of [bytes(before + text)]) {
            hasLocation(each)
            withoutLocation(each)
            hasSealedLocation('a.png', each)
            hasSealedLocation('a.mp4', each)
          }
      },
      texts: [
        'exif:GPSLatitude="1" ',
        '<exif:GPSAltitude>1</exif:GPSAltitude>',
        '\xff\xe1\0\x08Exif\0\0',
        '\0\0\0\x04zTXta\0\0xcccc',
      ],
    },
    'keys that nobody may see': {
      async run(text) {
        const { secretsIn, secretsInText } = await load<typeof Secrets>('document/secrets.js')
        secretsIn(bytes(text))
        secretsInText(text)
      },
      texts: [
        '-----BEGIN OPENSSH PRIVATE KEY-----\n',
        `-----BEGIN RSA PRIVATE KEY-----\n${'AAAA'.repeat(12)}\n-----END RSA PRIVATE KEY-----\n`,
        '"d": "',
        'AGE-SECRET-KEY-1',
        'privKey: "',
      ],
    },
    'what is said of keys': {
      async run(text) {
        const { readText, readLinkText } = await load<typeof ReadText>('keys/import/read-text.js')
        readText(text, { source: 'a' })
        readLinkText(`xmpp:a@example.org?${text}`, { source: 'a' })
      },
      texts: [
        '01234567 89abcdef ',
        'a@example.org 7 ',
        'xmpp:a@example.org?omemo-sid-7=00;',
        'устройство 5 ',
        '01234567',
      ],
    },
    signers: {
      async run(text) {
        const { readAllowedSigners } = await load<typeof Signers>('keys/verify/allowed-signers.js')
        readAllowedSigners({ path: 'allowed_signers', text })
      },
      texts: ['a@example.org namespaces="b" ssh-ed25519 AAAA c\n', '# a\n', '"', 'a,'],
    },
    'a manifest of keys': {
      run: text => command(['keys', 'check', '--offline'], { 'keys.yaml': text, 'keys/keys.yaml': text }),
      texts: ['- a: b\n', 'a: b\n'],
    },
    'a feed': {
      async run(text) {
        const { readFeed } = await load<typeof Feed>('planet/read/read-feed.js')
        const item = `<item><title>${text}</title><description>${text}</description></item>`
        for (const body of [
          `<rss version="2.0"><channel>${item}</channel></rss>`,
          text,
          `<!DOCTYPE rss [${text}`,
        ])
          readFeed({ body: Buffer.from(body), url: 'https://example.org/feed' })
      },
      texts: [
        'a &lt;b&gt;',
        '<![CDATA[a]]>',
        '<link rel="alternate" type="application/rss+xml" href="a">',
        '<!-- a -->',
        '<!ENTITY a "b">',
        '<!--',
        '"a" ',
      ],
    },
    'HTML of others': {
      async run(text) {
        const { sanitizeHtml } = await load<typeof Sanitize>('planet/read/sanitize.js')
        sanitizeHtml(text, { base: 'https://example.org/' })
      },
      texts: html,
    },
    'a list of feeds': {
      run: text => command(['build'], { ...site('A.\n'), 'pages/planet.yaml': `feeds:\n${text}` }),
      texts: ['- url: https://example.org/a\n'],
    },
    'a page that is printed': {
      run: printed,
      texts: [
        '<h2 id="a">b</h2><h3>c</h3><p>d <code>e</code></p>',
        '<table><tr><td>a</td></tr></table>',
        '<sup class="footnote-ref"><a href="#fn1" id="fnref1">[1]</a></sup><section class="footnotes"><ol><li id="fn1">a <a href="#fnref1" class="footnote-backref">b</a></li></ol></section>',
        '<h6>a</h6><h1>b</h1>',
        'a  \n b ',
      ],
    },
    'notes that call notes': {
      run(text) {
        const count = Math.ceil(text.length / 10)
        const note = (i: number) =>
          `<li id="fn${i}">a <sup class="footnote-ref"><a href="#fn${i + 1}" id="r${i + 1}">[${i}]</a></sup></li>`
        const notes = Array.from({ length: count }, (_, i) => note(i))
        return printed(
          `<sup class="footnote-ref"><a href="#fn0">0</a></sup><section class="footnotes"><ol>${notes.join('')}</ol></section>`,
        )
      },
      texts: ['a'],
    },
    'a page that is served': {
      async run(text) {
        const { withClient } = await load<typeof Client>('dev/server/with-client.js')
        withClient(text)
      },
      texts: ['</b>', '</BODY', '</'],
    },
    'places that are marked': {
      async run(text) {
        const { locatePlaces } = await load<typeof Locate>('dev/marks/locate-places.js')
        // A number sign is another one where markers stand.
        const page = (written: string) => `<p>${written.replaceAll('#', String(written.length))}</p>`
        const places = Array.from(
          { length: Math.floor(text.length / 20) },
          (_, i) => [20 * i, 20 * i + 3] as const,
        )
        locatePlaces({ text, places, html: page(text), render: page })
      },
      texts: ['a <b>c</b> d, ', 'abcdefghij', '<script>a</script>bc', 'abcdefghi '.repeat(100) + '#'],
    },
    'an edited text of an editor': {
      async run(text) {
        const { published } = await load<typeof Published>('editor/published.js')
        const file = { path: 'a.md', text }
        const document = { getText: () => `y${text}`, positionAt: () => ({ line: 0, character: 0 }) }
        published(
          document as never,
          Array.from({ length: Math.floor(text.length / 10) }, (_, i) => ({
            code: 'x',
            severity: 'error',
            message: 'm',
            file,
            span: [10 * i, 10 * i + 1],
          })) as never,
        )
      },
      texts: ['a'],
    },
    'headings in an editor': {
      async run(text) {
        const { documentSymbols } = await load<typeof Navigation>('editor/navigation.js')
        const document = { positionAt: () => ({ line: 0, character: 0 }) }
        documentSymbols({ file: { path: 'a.md', text }, document, workspace: { config: {} } } as never)
      },
      texts: ['# A\n\n', '###### B\n\n# C\n\n'],
    },
    'a site of Jekyll': {
      run: old(text => ({
        'old/_config.yml': `title: T\n`,
        'old/_posts/2026-01-01-a.md': `---\ntitle: T\n---\n${text}`,
      })),
      texts: [...prose, '{% include a.html %} {{ site.b }} {% raw %}c{% endraw %}\n'],
    },
    'a site of Hugo': {
      run: old(text => ({
        'old/hugo.toml': 'title = "T"\n',
        'old/content/a.md': `+++\ntitle = "T"\n+++\n${text}`,
      })),
      texts: [...prose, '{{< ref "a.md" >}} {{% b %}}c{{% /b %}}\n'],
    },
    'a site of Eleventy': {
      run: old(text => ({
        'old/.eleventy.js': 'module.exports = () => ({})\n',
        'old/package.json': '{ "dependencies": { "@11ty/eleventy": "3" } }',
        'old/a.md': `---\ntitle: T\n---\n${text}`,
        'old/b.11tydata.js': text,
      })),
      texts: [...prose, '{{ a | b }} {% c %} permalink: "/d/"\n'],
    },
    'a site of Pelican': {
      run: old(text => ({
        'old/pelicanconf.py': `SITENAME = 'T'\n${text}`,
        'old/content/a.md': `Title: T\n${text}`,
      })),
      texts: [...prose, 'Tags: a, b\n', 'A_B = "c{date:%Y}"\n'],
    },
    'a site of Zola': {
      run: old(text => ({
        'old/config.toml': 'base_url = "https://example.org"\n',
        'old/content/a.md': `+++\ntitle = "T"\n+++\n${text}`,
      })),
      texts: prose,
    },
    'a site that was built': {
      run: old(text => ({
        'old/_config.yml': 'title: T\n',
        'old/_posts/2026-01-01-a.md': 'A.\n',
        'old/_site/a/index.html': text,
      })),
      texts: [
        '<meta http-equiv="refresh" content="0; url=/b/"><link rel="canonical" href="/c/"><title>d</title>',
      ],
    },
  }
}
