import { join } from 'node:path'
import { escape } from '../core/html.ts'
import { isPresent, readSource } from '../core/read-file.ts'
import type { Result } from '../core/types.ts'
import { fixSource } from '../lint/fix.ts'
import { lintSource } from '../lint/lint.ts'
import { pageSettings } from '../lint/settings.ts'
import type { ReadZine } from './read-zine.ts'

interface PrintedFiles {
  readonly pdf: Uint8Array
  readonly booklet: Uint8Array
  readonly epub: Uint8Array
  readonly pages: number
}

/** The line by which a page is known to be the program’s. */
const MARK = '# Made by imprimatur zine; without this line it is yours, and stays as it is.'

/**
 * The page of a zine among the pages of the site: what is in it, and its files. One that its author has made their own is given back
 * as it is.
 */
export function zinePage(zine: ReadZine, files: PrintedFiles): Result<string> {
  const { config, issue } = zine
  const path = `${config.dirs.pages}/zines/${issue.name}/index.html`
  if (isPresent(join(config.root, path))) {
    const { value: written, diagnostics } = readSource(config.root, path)
    if (!written) return { diagnostics }
    if (!written.text.includes(MARK)) return { value: written.text, diagnostics: [] }
  }
  const text = pageText(zine, files)
  const settings = { ...pageSettings(config)(path), lang: issue.lang }
  const { value: set } = fixSource({ path, text }, lintSource({ path, text }, settings))
  return { value: set?.text ?? text, diagnostics: [] }
}

function pageText(zine: ReadZine, { pdf, booklet, epub, pages }: PrintedFiles): string {
  const { issue, title, subtitle, description, lang, posts, pieces, words } = zine
  const { name, paper } = issue
  const size = (bytes: Uint8Array) =>
    new Intl.NumberFormat(lang, { style: 'unit', unit: 'kilobyte' }).format(Math.ceil(bytes.length / 1000))
  const fields = {
    title,
    ...(description !== undefined && { description }),
    date: issue.date,
    lang,
    section: 'zines',
  }
  const list = posts.map(
    ({ url }, n) =>
      `<li lang="${escape(pieces[n]!.lang)}"><a href="${escape(url)}">${escape(pieces[n]!.title)}</a></li>`,
  )
  const pageCount = pages === 1 ? '1 page' : `${pages} pages`
  const counted = lang.startsWith('ru') ? `${pages} с.` : pageCount
  return `---
${MARK}
${Object.entries(fields)
  .map(([field, value]) => `${field}: ${JSON.stringify(value)}`)
  .join('\n')}
---
<p>${escape(subtitle.join(' · '))}</p>
${description === undefined ? '' : `<p>${escape(description)}</p>\n`}<h2 id="contents">${escape(words.contents)}</h2>
<ol>
${list.join('\n')}
</ol>
<h2 id="files">${escape(words.download)}</h2>
<ul>
<li><a href="${name}.pdf" type="application/pdf">PDF, ${escape(paper.name)}</a>: ${escape(words.reading)} (${counted}, ${size(pdf)})</li>
<li><a href="${name}-booklet.pdf" type="application/pdf">PDF, ${escape(paper.sheet.name)}</a>: ${escape(words.booklet)} (${size(booklet)})</li>
<li><a href="${name}.epub" type="application/epub+zip">EPUB</a>: ${escape(words.epub)} (${size(epub)})</li>
</ul>
`
}
