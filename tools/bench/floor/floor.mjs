// The least that a build must do: the same bodies by the same parser, highlighter and front matter, in the same layout by EJS, with mkdir
// and write, in as many threads; no lists, links, caches, comparisons or anything else. Called with the folder of the compiled program.
import { mkdirSync, readdirSync, readFileSync, writeFileSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { argv } from 'node:process'
import { isMainThread, Worker, workerData } from 'node:worker_threads'
import ejs from 'ejs'

/** As the program has it. */
const WORTH_SHARING = 2500

const dist = isMainThread ? argv[2] : workerData.dist
const { readDocument } = await import(join(dist, 'document/document.js'))
const { createMarkdown } = await import(join(dist, 'build/render/render-markdown.js'))

if (isMainThread) {
  const paths = readdirSync('pages', { recursive: true, encoding: 'utf8' }).filter(path =>
    /\.(?:md|html)$/.test(path),
  )
  const isShared = paths.length >= WORTH_SHARING
  const [own, other] = [0, 1].map(turn => paths.filter((_, i) => !isShared || i % 2 === turn))
  if (isShared) new Worker(new URL(import.meta.url), { workerData: { dist, paths: other } })
  makePages(own)
} else makePages(workerData.paths)

function makePages(paths) {
  const layout = ejs.compile(readFileSync('layouts/default.ejs', 'utf8'))
  const markdown = createMarkdown()
  const folders = new Set()
  const context = { resolve: address => address, imageSize: () => undefined }
  for (const path of paths) {
    const document = readDocument({ path, text: readFileSync(join('pages', path), 'utf8') })
    const { fields: page } = document.frontMatter
    const text = document.file.text.slice(document.bodyStart)
    const body = path.endsWith('.md') ? markdown(text, { ...context, lang: page.lang }) : text
    const target = join('docs', path === 'index.html' ? path : path.replace(/\.md$/, '/index.html'))
    const folder = dirname(target)
    if (!folders.has(folder)) mkdirSync(folder, { recursive: true })
    folders.add(folder)
    writeFileSync(target, layout({ page, body }))
  }
}
