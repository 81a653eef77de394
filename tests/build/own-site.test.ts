import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { beforeAll, describe, expect, test } from 'vitest'
import { loadConfig } from '../../src/config/config.ts'
import { readDocument } from '../../src/document/document.ts'
import { plainText } from '../../src/document/headings.ts'
import { partsIn } from '../../src/theme/parts.ts'
import { repository } from '../program.ts'
import { pathsOf } from '../tree.ts'

const pages = pathsOf(join(repository, 'pages'))
const docs = (path: string) => readFileSync(join(repository, 'docs', path), 'utf8')

const fields = (path: string) =>
  readDocument({ path, text: readFileSync(join(repository, 'pages', path), 'utf8') }).frontMatter.fields

const words = (html: string) =>
  plainText(html.replace(/<(pre|script|style|header|footer|nav|head)\b[^]*?<\/\1>/g, ' ')).match(
    /\p{L}[\p{L}’'-]*/gu,
  )?.length ?? 0

describe('the repository’s own site', () => {
  let lang = ''
  beforeAll(async () => {
    lang = (await loadConfig(repository)).value?.site.lang ?? ''
  })

  const posts = pages.filter(path => /^posts\/\d{4}\/(?!index\.)[^/]+\.md$/.test(path))

  test.each(['en', 'ru'])('has three posts or more in %s, of 600 words or more', which => {
    const own = posts.filter(path => (fields(path).lang ?? lang) === which)
    expect(own.length).toBeGreaterThanOrEqual(3)
    for (const path of own) {
      const count = words(docs(`${path.replace(/\.md$/, '')}/index.html`))
      expect({ path, enough: count >= 600 || count }).toEqual({ path, enough: true })
    }
  })

  test('has a home, lists of posts, a page about itself, one for what is not there, and pages of years', () => {
    for (const path of ['index.html', 'posts/index.html', 'about/index.html', '404.html']) {
      expect(docs(path)).toMatch(/^<!doctype html>/i)
    }
    for (const year of new Set(posts.map(path => path.split('/')[1]))) {
      expect(docs(`posts/${year}/index.html`)).toContain(`<h1>${year}</h1>`)
    }
  })

  test('shows every construct of Markdown on one page', () => {
    const shown = docs('about/markdown/index.html')
    for (const part of [
      '<em>',
      '<strong>',
      '<s>',
      '<code>',
      '<blockquote>',
      '<ol>',
      '<ul>',
      '<dl>',
      '<table>',
      'class="align-',
      '<hr',
      '<nav class="toc"',
      'class="footnote-ref"',
      'class="hljs-',
      '<pre tabindex="0" role="group" aria-label="Code">',
      'width="',
      'loading="lazy"',
      'decoding="async"',
      '<h2 id="',
      '<h3 id="',
      '<br',
      '<kbd>',
    ]) {
      expect(shown).toContain(part)
    }
  })

  test('is laid out by the theme that comes with the program, as a user’s is', async () => {
    const { value: config } = await loadConfig(repository)
    expect(config?.theme?.name).toBe('imprimatur')
    expect(partsIn('layouts')).toEqual(
      expect.arrayContaining(
        ['default', 'post', 'redirect', 'partials/head', 'partials/header', 'partials/footer'].map(
          name => `layouts/${name}.ejs`,
        ),
      ),
    )
  })

  const built = pathsOf(join(repository, 'docs')).filter(path => path.endsWith('.html'))

  test.each(built)('%s speaks one language, asks no third party and needs no script', path => {
    const html = docs(path)
    expect(html).toMatch(/<html lang="(?:en|ru)">/)
    expect(html).toMatch(/<title>[^<]+<\/title>/)
    // The keys page is whole without its script, and the page that lints says that it needs one; tests/browser holds both.
    const own =
      /<script (?:type="module" src="\/about\/keys\/compare\.js"|src="\/try\/try\.js\?v=\w+" data-worker="\/try\/worker\.js\?v=\w+" defer)><\/script>/
    // Data about the page is a script in name alone.
    const data = /<script type="application\/ld\+json">.*<\/script>/
    expect(html.replace(own, '').replace(data, '')).not.toMatch(/<script|\sstyle="|<style|\son[a-z]+="/)
    expect(html).not.toMatch(
      /<(?:link rel="stylesheet"|img|iframe|source)[^>]*(?:src|href)="(?:https?:)?\/\//,
    )
    const ids = [...html.matchAll(/\sid="([^"]*)"/g)].map(([, id]) => id)
    expect(new Set(ids).size).toBe(ids.length)
  })

  test.each(built)('every link within the site that %s has leads somewhere', path => {
    const targets = [...docs(path).matchAll(/\s(?:href|src)="(\/[^"#?]*)/g)].map(([, url]) =>
      decodeURIComponent(url ?? ''),
    )
    const there = (url: string) => pathsOfDocs.has(`${url.slice(1)}${url.endsWith('/') ? 'index.html' : ''}`)
    expect(targets.filter(url => !there(url))).toEqual([])
  })

  test('sets no key in the face of the text, where letters of it look alike', () => {
    const html = pathsOf(join(repository, 'docs')).filter(path => path.endsWith('.html'))
    const key = /(?<=>[^<]*)(SHA256:[\w+/]{20,}|\bage1[a-z\d]{30,}|\b[\da-f]{32,}\b)/g
    let keys = 0
    for (const path of html) {
      const page = docs(path)
      keys += [...page.matchAll(key)].length
      const prose = page.replace(/<(code|pre|samp|script|style|head)\b[^]*?<\/\1>/g, '')
      expect({ path, found: [...prose.matchAll(key)].map(([each]) => each) }).toEqual({ path, found: [] })
    }
    expect(keys).toBeGreaterThan(10)
  })
})

const pathsOfDocs = new Set(pathsOf(join(repository, 'docs')))
