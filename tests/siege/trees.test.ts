import { execFileSync } from 'node:child_process'
import { chmodSync, mkdirSync, readdirSync, symlinkSync, writeFileSync } from 'node:fs'
import { dirname, join } from 'node:path'
import * as fc from 'fast-check'
import { expect, test } from 'vitest'
import { folderWith } from '../folder.ts'
import { imprimatur } from '../program.ts'
import { SEED } from '../seed.ts'
import { bytesOf, clear } from '../tree.ts'

/*
 * Hostile trees: whatever may lie in a folder that is said to be a site. Nothing makes the program fail, hang, or write outside.
 *
 *     TREES=20000 SEED=7 npx vitest run tests/siege/trees.test.ts
 */
const TREES = Number(process.env.TREES ?? 40)

const hostileNames = [
  'index.md',
  'a.md',
  'A.md',
  'a.ejs',
  'a.html',
  'index.html',
  '404.md',
  '_defaults.yaml',
  '_index.md',
  'planet.yaml',
  'keys.yaml',
  'keys.yaml.sig',
  'allowed_signers',
  'atom.xml',
  '_headers',
  'CNAME',
  'robots.txt',
  '.htaccess',
  '.env',
  '.git',
  '.imprimatur-files',
  '.imprimatur-lock',
  '.imprimatur-stage-1',
  'imprimatur.config.json',
  'con',
  'nul.md',
  'a b.md',
  'a%2fb.md',
  '%2e%2e.md',
  'a\\b.md',
  'a\nb.md',
  'a\u001b[2Jb.md',
  '\u202egnp.md',
  'é.md',
  'e\u0301.md',
  '<b>.md',
  '"&\'.md',
  '-rf.md',
  '--help.md',
  '*.md',
  '?.md',
  '__proto__.md',
  'constructor.md',
  'toString',
  '~$doc.docx',
  'a.md~',
  'a.ru.md',
  'a.xx-yy-zz.md',
  'x'.repeat(200) + '.md',
  'photo.jpg',
  'cat.svg',
  'cat.png',
  'x.gif',
  'x.avif',
  'style.css',
  'data.json',
  '2026',
  'posts',
  'tags',
  'tag',
  'feed.json',
  'sitemap.xml',
  'id_ed25519',
]
const folders = [
  'pages',
  'pages',
  'pages',
  'pages/posts',
  'pages/2026',
  'layouts',
  'layouts/partials',
  'docs',
  'planet',
  '',
  'pages/__proto__',
]

const name = fc.oneof(
  { weight: 6, arbitrary: fc.constantFrom(...hostileNames) },
  {
    weight: 1,
    arbitrary: fc
      .string({ unit: 'binary', minLength: 1, maxLength: 12 })
      .map(text => text.replace(/[/\0]/g, '_')),
  },
)

const values = fc.constantFrom(
  'x',
  '""',
  '{}',
  '[]',
  '[[[[',
  '*a',
  '&a [*a]',
  'null',
  '~',
  '1e999',
  '-0',
  '2026-02-30',
  '2026-01-01T99:99:99Z',
  'true',
  '!!js/function x',
  '!!binary aa',
  '"\\u0000"',
  '../../etc/passwd',
  'javascript:alert(1)',
  '/../../x',
  'redirect',
  'default',
  'none',
  'constructor',
  '/a/%2e%2e/%2e%2e/x/',
  '[a, a, {b: c}]',
  '0x41',
  '.inf',
  'no',
  '|\n  a\n  b',
)
const keys = fc.constantFrom(
  'title',
  'layout',
  'date',
  'lang',
  'tags',
  'permalink',
  'aliases',
  'redirectTarget',
  'draft',
  'slug',
  'css',
  'meet',
  'rewrite',
  'body',
  'next',
  'url',
  'path',
  'source',
  '__proto__',
  'constructor',
  'toString',
  'hasOwnProperty',
  'then',
  'ejs',
  'typography',
  'translationOf',
  'publishDate',
  'expiryDate',
  'feed',
  'section',
  'year',
  'elsewhere',
  'description',
  'guid',
)
const frontMatter = fc
  .array(fc.tuple(keys, values), { maxLength: 5 })
  .map(fields => `---\n${fields.map(([key, value]) => `${key}: ${value}`).join('\n')}\n---\n`)

const pieces = fc.constantFrom(
  '# Heading {#x .y}\n',
  'Words “and” "words" - 5 kg.\n',
  '<% throw 1 %>',
  "<%- include('../../etc/passwd') %>",
  '<%= page.next.next.next %>',
  '<% } %>',
  '<%',
  '%>',
  '<%= constructor.constructor("return process")() %>',
  '![](cat.png)',
  '![](../../../etc/passwd)',
  '[a](b.md#c)',
  '[a](//example.org)',
  '[a](data:text/html,x)',
  '[a](<',
  '<script>',
  '<!--',
  '<![CDATA[',
  '&#0;',
  '&#x110000;',
  '\u0000',
  '\ufeff',
  '\u2028',
  '\r',
  '\r\n',
  '```js\n',
  '{{x}}',
  ':::',
  '> '.repeat(300),
  '- '.repeat(300),
  '[^1]\n\n[^1]: a\n',
  '*'.repeat(400),
  '`'.repeat(300),
  '<div>'.repeat(200),
  '| a | b |\n|--|\n| c |\n',
  'term\n: def\n',
  '\ud800',
  '<!-- imprimatur-disable -->',
)
const text = fc
  .tuple(fc.option(frontMatter), fc.array(pieces, { maxLength: 12 }), fc.boolean())
  .map(([front, body, broken]) =>
    Buffer.from(`${front ?? ''}${body.join('')}${broken ? '\n' : ''}`, broken ? 'utf8' : 'utf8'),
  )

const configuration = fc
  .array(
    fc.constantFrom(
      '"site": { "title": "<T>", "url": "https://example.org/b/" }',
      '"site": { "__proto__": { "x": 1 }, "url": "x" }',
      '"dirs": { "pages": ".." }',
      '"dirs": { "pages": "." }',
      '"dirs": { "output": "../out" }',
      '"dirs": { "output": "/" }',
      '"dirs": { "layouts": "pages", "assets": "pages" }',
      '"build": { "typography": "fix" }',
      '"build": { "patience": 5, "include": ["**"] }',
      '"lint": { "rules": { "x": "warn" }, "extends": ["../../x.json"] }',
      '"lint": { "opaque": ["(a+)+$"] }',
      '"keys": { "manifest": "pages/keys.yaml" }',
      '"keys": { "manifest": "../keys.yaml" }',
      '"fields": ["constructor"]',
      '"security": { "contact": "mailto:a@example.org" }',
      '"x": 1',
      '"markdown": 1',
    ),
    { maxLength: 3 },
  )
  .map(parts => Buffer.from(`{ ${parts.join(', ')} }`))

const bytes = fc.oneof(
  { weight: 5, arbitrary: text },
  { weight: 1, arbitrary: fc.uint8Array({ maxLength: 200 }).map(array => Buffer.from(array)) },
  {
    weight: 1,
    arbitrary: fc
      .tuple(
        fc.constantFrom(
          'GIF89a',
          '\x89PNG\r\n\x1a\n\0\0\0\rIHDR',
          '\xff\xd8\xff\xe1',
          'RIFF0000WEBP',
          'BM',
          '<svg width="1e9"',
          '\0\0\0 ftypavif',
          'II*\0',
          '8BPS',
        ),
        fc.uint8Array({ maxLength: 60 }),
      )
      .map(([head, rest]) => Buffer.concat([Buffer.from(head, 'latin1'), Buffer.from(rest)])),
  },
)

type Entry =
  | { readonly kind: 'file'; readonly bytes: Buffer }
  | { readonly kind: 'link'; readonly to: string }
  | { readonly kind: 'folder' | 'pipe' | 'closed' }

const entry: fc.Arbitrary<Entry> = fc.oneof(
  { weight: 12, arbitrary: bytes.map((each): Entry => ({ kind: 'file', bytes: each })) },
  {
    weight: 3,
    arbitrary: fc
      .constantFrom(
        '..',
        '.',
        '../..',
        '/etc/passwd',
        '/dev/zero',
        '/dev/full',
        'nowhere',
        'a.md',
        'index.md',
        '../../outside',
        '../../outside/secret.md',
        '../docs',
      )
      .map((to): Entry => ({ kind: 'link', to })),
  },
  { weight: 1, arbitrary: fc.constantFrom<Entry>({ kind: 'folder' }, { kind: 'pipe' }, { kind: 'closed' }) },
)

const tree = fc.tuple(
  fc.array(fc.tuple(fc.constantFrom(...folders), name, entry), { minLength: 1, maxLength: 14 }),
  fc.option(configuration),
)

function lay(
  root: string,
  [entries, configured]: typeof tree extends fc.Arbitrary<infer T> ? T : never,
): void {
  mkdirSync(join(root, 'pages'), { recursive: true })
  mkdirSync(join(root, 'layouts'))
  writeFileSync(
    join(root, 'layouts/default.ejs'),
    '<title><%= page.title %></title><%- metadata() %><%- body %>',
  )
  for (const [folder, own, what] of entries) {
    const path = join(root, folder, own)
    try {
      mkdirSync(dirname(path), { recursive: true })
      // What is there already may be a pipe, which would be waited for: nothing is written to it.
      if (what.kind === 'file') writeFileSync(path, what.bytes, { flag: 'wx' })
      else if (what.kind === 'link') symlinkSync(what.to, path)
      else if (what.kind === 'folder') mkdirSync(path)
      else if (what.kind === 'pipe') execFileSync('mkfifo', ['--', path], { stdio: 'ignore' })
      else {
        writeFileSync(path, 'closed', { flag: 'wx' })
        chmodSync(path, 0)
      }
    } catch {} // the name is taken, or the system does not have such names
  }
  if (configured) {
    try {
      writeFileSync(join(root, 'imprimatur.config.json'), configured, { flag: 'wx' })
    } catch {}
  }
}

/** All that is not the site’s. A configuration may name another folder, `out`, for the output. */
const around = (base: string) => [
  bytesOf(join(base, 'work/outside')),
  readdirSync(join(base, 'work')).filter(name => name !== 'out'),
  readdirSync(base),
]

const commands = [['build'], ['build', '--list'], ['lint'], ['build'], ['build', '--check']]

test(
  `${TREES} hostile trees from seed ${SEED}: no crash, nothing is written outside`,
  async () => {
    let [good, laid] = [0, 0]
    await fc.assert(
      fc.asyncProperty(tree, async laidOut => {
        const base = folderWith()
        const [root, outside] = [join(base, 'work/site'), join(base, 'work/outside')]
        mkdirSync(outside, { recursive: true })
        writeFileSync(join(outside, 'secret.md'), 'A secret.\n')
        mkdirSync(root)
        lay(root, laidOut)
        const before = around(base)
        for (const args of commands) {
          const { code, stdout, stderr } = await imprimatur(args, { cwd: root })
          const said = stdout + stderr
          expect(said).not.toContain('not your fault')
          expect([0, 1, 2]).toContain(code)
          // eslint-disable-next-line no-control-regex
          expect(
            /[\0-\x08\x0b-\x1f\x7f-\x9f\u202a-\u202e\u2066-\u2069]/.exec(said.replaceAll('\r\n', '\n')),
          ).toBeNull()
          if (code === 0 && args.length === 1 && args[0] === 'build') good++
        }
        expect(around(base)).toEqual(before)
        laid++
        if (laid % 1000 === 0) process.stdout.write(`${laid} trees, ${good} builds\n`)
        clear(base)
      }),
      { numRuns: TREES, seed: SEED, endOnFailure: TREES > 1000 },
    )
    // Most trees are refused; enough are not.
    expect(good).toBeGreaterThan(TREES / 20)
  },
  120_000 + TREES * 5000,
)
